import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Has each connection's requests answered one by one: the next is looked at once the one before it has been
 * answered, and never where that answer ended the connection. So who is turned away gets nothing else done
 * by sending it along, and no connection can have many requests worked on at once.
 */
export function oneByOne(listener: RequestListener): RequestListener {
  const last = new WeakMap<Socket, ServerResponse>();
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const before = last.get(socket);
    last.set(socket, response);
    const next = () => {
      if (before === undefined || (before.shouldKeepAlive && socket.writable)) listener(request, response);
    };
    if (before === undefined || before.closed) next();
    else before.once('close', next);
  };
}
