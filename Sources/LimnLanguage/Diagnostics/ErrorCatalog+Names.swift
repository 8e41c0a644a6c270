extension ErrorCatalog {
  /// What can be wrong with names: they are resolved before anything runs.
  static let nameEntries: [Entry] = [
    Entry(
      "unknown-name",
      """
      Every name is declared with `let`, `var`, `fn`, `type` or `import`, is a parameter, or is built in. Names are \
      resolved before anything runs, so a misspelt one is found even in a function that is never called.
      """,
      wrong: "let losses = []\nprint(loses)", right: "let losses = []\nprint(losses)"),
    Entry(
      "duplicate-name",
      """
      One scope declares a name once; an inner scope may declare it anew and then hides the outer one. To change a \
      variable, assign to it without `let` or `var`.
      """,
      wrong: "var x = 1\nvar x = 2", right: "var x = 1\nx = 2"),
    Entry(
      "immutable-name", "`let` binds a name once. A variable that changes is declared with `var`.",
      wrong: "let step = 0\nstep = 1", right: "var step = 0\nstep = 1"),
    Entry(
      "name-not-set",
      """
      Functions may use any top-level name of their unit, in any order; but a call that reads one before its \
      declaration has run finds no value.
      """,
      wrong: "print(size)\nlet size = 3", right: "let size = 3\nprint(size)"),
    Entry(
      "misplaced-break", "`break` and `continue` belong to a loop, and cannot leave a function or a trailing block.",
      wrong: "break", right: "while true { break }"),
    Entry(
      "misplaced-return", "`return` leaves a function or a trailing block; the top level has nothing to leave.",
      wrong: "return 1",
      right: "fn one() { return 1 }"),
    Entry(
      "unknown-module",
      """
      `import` finds a module of the standard library, or a `.limn` file beside the importing one; the file's name \
      is the module's.
      """,
      wrong: "import no_such_module", right: "print(\"no import is needed here\")"),
  ]
}
