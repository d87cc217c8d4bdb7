import type { Session, WebContents } from 'electron';

/**
 * Hands a page no device and no file of the machine, by whatever way it asks: chosen in a dialog, permitted before,
 * or paired. Where nobody listens for a choice, or listens without answering, Electron may take the first device.
 */
export function guardDevices(session: Session): void {
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault();
    callback('');
  });
  session.on('file-system-access-restricted', (event, _details, callback) => {
    event.preventDefault();
    callback('deny');
  });
}

/** See {@link guardDevices}: Bluetooth is asked for of each page. */
export function guardBluetooth(contents: WebContents): void {
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault();
    callback('');
  });
}
