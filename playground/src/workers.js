// Monaco's workers, each a file beside this one; build.mjs fills their names in.
/* global WORKERS */
globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    return new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url));
  },
};
