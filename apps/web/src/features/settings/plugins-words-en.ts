/** The words of constraints of others: which lie there, which are allowed, and what became of them. They come with Settings. */
export const en = () => ({
  title: "Plug-ins",
  intro:
    "Rules that others wrote, as folders on the server. What is allowed looks at what stands, and tells; it refuses nothing.",
  noFolder: "This server has no folder of plug-ins. Whoever runs it names one with PLUGINS_DIR.",
  empty: "The folder of plug-ins is empty. Put each in a folder of its own: plugin.json and its module.",
  release: (release: string) => `version ${release}`,
  hash: (hash: string) => `Hash ${hash}`,
  allow: "Allow",
  allowOf: (title: string) => `Allow ${title}`,
  again: "Allow anew",
  againOf: (title: string) => `Allow anew: ${title}`,
  changeOf: (title: string) => `Change the numbers of ${title}`,
  forget: "Forget",
  forgetOf: (title: string) => `Forget ${title}`,
  allowed: (title: string) => `“${title}” is allowed`,
  forgotten: (title: string) => `“${title}” is allowed no more`,
  warning:
    "Allow only what you have read. It sees when people are taken, where, and with how many, but no names or titles. It runs by itself, without files, network or memory of what it saw; but no wall is without a gap.",
  compare:
    "Allowed is what has this hash. Compare it with what its author tells, or with the command hourwright plugin hash.",
  states: {
    allowed: "allowed",
    "not-allowed": "not allowed",
    changed: "changed since",
    off: "switched off",
    missing: "gone",
    unreadable: "unreadable",
    unused: "not used",
  },
  means: {
    changed: "It is not what was allowed, so it does not run.",
    missing: "It is allowed, and lies in the folder no more.",
    unused: "An algorithm: the server asks rules alone so far.",
  },
});

export type PluginWords = ReturnType<typeof en>;
