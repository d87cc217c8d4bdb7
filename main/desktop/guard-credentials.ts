import { app } from 'electron';

/**
 * Sends nobody anything that says who the reader is, and takes no certificate for good that the system does not:
 * no name and password to a server that asks for them, no certificate of the reader's. Left to itself, Electron
 * would offer a server the first certificate that it finds.
 */
export function guardCredentials(): void {
  app.on('login', (event, _contents, _request, _realm, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('select-client-certificate', (event, _contents, _address, _certificates, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('certificate-error', (event, _contents, _address, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
}
