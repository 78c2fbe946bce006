import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** Reads blobs for the thread that waits. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.on('message', async ({ blob, port }) => {
    const bytes = await blob.arrayBuffer();
    port.postMessage(bytes, [bytes]);
    Atomics.store(workerData, 0, 1);
    Atomics.notify(workerData, 0);
  });
`;

let reader: Worker | null = null;
const flag = new Int32Array(new SharedArrayBuffer(4));

/** What browsers' workers have and Node has not, for tests: waits until another thread has read the blob. */
class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer {
    if (reader === null) {
      reader = new Worker(PROGRAM, { eval: true, workerData: flag });
      reader.unref();
    }
    const { port1, port2 } = new MessageChannel();
    Atomics.store(flag, 0, 0);
    reader.postMessage({ blob, port: port2 }, [port2]);
    // The notice of the reading before may come only now: the number says whether it is this one.
    while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0);
    const bytes = (receiveMessageOnPort(port1) as { readonly message: ArrayBuffer }).message;
    port1.close();
    return bytes;
  }
}

Object.assign(globalThis, { FileReaderSync });
