import LimnLanguage

extension ErrorCatalog {
  /// The codes of notebooks and their runs. Examples are notebooks, front matter, or commands, as the code has it.
  public static let notebook = ErrorCatalog(documentEntries + runEntries)

  /// What can be wrong with a notebook's text.
  private static let documentEntries: [Entry] = [
    Entry(
      "unclosed-fence",
      "A fence ends where as many backticks stand alone on a line as opened it. In a notebook that is cut off in "
        + "the middle, the last fence "
        + "does not end; all text behind it would be taken for code, and cells in it for nothing.",
      wrong: "```limn\nprint(1)", right: "```limn\nprint(1)\n```"),
    Entry(
      "unclosed-front-matter", "Front matter begins with `---` on the first line and ends with the next `---`.",
      wrong: "---\ntitle: Faces\n\n# Faces", right: "---\ntitle: Faces\n---\n\n# Faces"),
    Entry(
      "invalid-front-matter",
      "Front matter is a YAML map. Limn reads `title`, `seed`, `params`, `requires` and `executed` in it, and "
        + "leaves other keys alone.",
      wrong: "---\nseed: many\n---", right: "---\nseed: 42\n---"),
    Entry(
      "unknown-option", "A cell's options stand in its first lines, behind `#|`; each must be one that Limn knows.",
      wrong: "```limn\n#| tiemout: 60\n```", right: "```limn\n#| timeout: 60\n```"),
    Entry(
      "invalid-option", "An option has a value of the wrong kind, or the lines behind `#|` are not YAML.",
      wrong: "```limn\n#| timeout: soon\n```", right: "```limn\n#| timeout: 60\n```"),
    Entry(
      "duplicate-id",
      "A cell's id names the files of its outputs, so no two cells have the same. A cell without one is called "
        + "`cell-` and its number.",
      wrong: "```limn\n#| id: train\n```\n```limn\n#| id: train\n```",
      right: "```limn\n#| id: train\n```\n```limn\n#| id: test\n```"),
    Entry(
      "empty-notebook", "The file holds nothing but blanks.", wrong: "", right: "# A title\n\n```limn\nprint(1)\n```"),
    Entry(
      "not-text",
      "A notebook or script is UTF-8 text. A NUL, or a byte that is no part of a character, means another kind of "
        + "file.",
      wrong: "limn run picture.png.md", right: "limn run notebook.md"),
  ]

  /// What can be wrong with the request for a run, or with a cell's promise.
  private static let runEntries: [Entry] = [
    Entry("missing-file", "There is no file of that name.", wrong: "limn run dcgna.md", right: "limn run dcgan.md"),
    Entry(
      "unreadable-file", "The file is there but cannot be read, or is a folder.", wrong: "limn run notebooks",
      right: "limn run notebooks/dcgan.md"),
    Entry(
      "unknown-format", "What a file is, its name says: `.md` a notebook, `.limn` a script.",
      wrong: "limn run notes.txt",
      right: "limn run notes.md"),
    Entry(
      "already-executed",
      "A run leaves a copy of the notebook with its outputs, and `executed: true` in its front matter. To run that "
        + "copy would put outputs "
        + "behind outputs; run the notebook that it was made from.",
      wrong: "limn run dcgan.out/dcgan.md", right: "limn run dcgan.md"),
    Entry(
      "unknown-requirement",
      "`requires` in the front matter names data sets that are looked for before the first cell runs: `fashion-mnist`, "
        + "`cifar-10`, `oxygen-icon-theme`.",
      wrong: "requires: [fashion-mist]", right: "requires: [fashion-mnist]"),
    Entry(
      "unknown-parameter",
      "`-p` and `--params` replace parameters that the notebook's front matter has under `params`.",
      wrong: "limn run dcgan.md -p epohcs=20", right: "limn run dcgan.md -p epochs=20"),
    Entry(
      "parameter-type",
      "A parameter keeps the type that it has in the notebook, except that an int may become a float.",
      wrong: "limn run dcgan.md -p epochs=many", right: "limn run dcgan.md -p epochs=20"),
    Entry(
      "invalid-parameter", "A parameter is given as a name, `=`, and one YAML value.",
      wrong: "limn run dcgan.md -p epochs",
      right: "limn run dcgan.md -p epochs=20"),
    Entry(
      "unknown-cell", "`--to` ends the run behind a cell, which it names by its id.",
      wrong: "limn run dcgan.md --to trian",
      right: "limn run dcgan.md --to train"),
    Entry(
      "output-folder",
      "A run writes over, and removes, only files that an earlier run wrote, as `run.json` lists them. What else is "
        + "in the way stays, "
        + "and the run is refused before it begins.",
      wrong: "limn run dcgan.md -o .", right: "limn run dcgan.md -o results"),
    Entry(
      "expected-error",
      "The cell's `expect-error` says that it must fail, as a lesson about an error does. It did not.",
      wrong: "```limn\n#| expect-error: unknown-name\nlet total = 1\ntotal\n```",
      right: "```limn\n#| expect-error: unknown-name\nlet total = 1\ntotl\n```"),
  ]
}
