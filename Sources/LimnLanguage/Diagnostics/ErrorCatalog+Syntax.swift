extension ErrorCatalog {
  /// What can be wrong with a text before anything runs.
  static let syntaxEntries: [Entry] = [
    Entry(
      "ambiguous-arrow",
      """
      A short function, `x => e`, binds looser than every operator, and its body is all that follows. As an operand \
      it needs parentheses. Before the arrow stands a name, or names in parentheses, on the same line.
      """,
      wrong: "let f = sqrt >> x => x * 2", right: "let f = sqrt >> (x => x * 2)"),
    Entry(
      "argument-order",
      "A call gives arguments by position first and by name after that, so that each position is plain to see.",
      wrong: "print(max(b: 1, 2))", right: "print(max(1, 2))"),
    Entry(
      "assignment-in-expression",
      """
      `=` is a statement: it assigns, and has no value. A comparison is written `==`. In a call, an argument's name \
      is followed by `:`.
      """,
      wrong: "let x = 2\nif x = 2 { print(\"two\") }", right: "let x = 2\nif x == 2 { print(\"two\") }"),
    Entry(
      "chained-comparison",
      """
      Comparisons and ranges stand between two operands and do not chain: in other languages `a < b < c` means \
      different things. Two comparisons are joined with `and`.
      """,
      wrong: "let x = 3\nprint(0 < x < 5)", right: "let x = 3\nprint(0 < x and x < 5)"),
    Entry(
      "duplicate-argument", "A call gives each named argument once.", wrong: "print(round(x: 1.5, x: 2.5))",
      right: "print(round(x: 1.5))"),
    Entry(
      "duplicate-key", "A map has each key once, so the second entry of one key in a literal is a mistake.",
      wrong: "let m = {lr: 0.1, lr: 0.2}", right: "let m = {lr: 0.1, beta: 0.2}"),
    Entry(
      "duplicate-parameter", "A function's parameters have different names, and so have a type's methods.",
      wrong: "fn add(a, a) { a + a }", right: "fn add(a, b) { a + b }"),
    Entry(
      "expected-expression", "A value should stand here: a literal, a name, a call, something in brackets.",
      wrong: "let x = 1 +", right: "let x = 1 + 2"),
    Entry(
      "foreign-syntax",
      """
      This is how another language writes it. The help says how Limn does. Limn has one way for each thing: `and`, \
      `or`, `not`, `fn`, `let`, braces around blocks, double quotes around strings.
      """,
      wrong: "var total = 0\ntotal += 1", right: "var total = 0\ntotal = total + 1"),
    Entry(
      "invalid-character",
      """
      Outside of strings and comments a program consists of letters, digits, blanks and the language's own symbols. \
      Text that was pasted from a page often has typographic quotes, long dashes or invisible blanks.
      """,
      wrong: "let x = 2 × 3", right: "let x = 2 * 3"),
    Entry(
      "invalid-escape",
      """
      In a string `\\` begins an escape: `\\n \\t \\r \\0 \\\\ \\\" \\'`, `\\u{1F3A8}` for a character by its \
      number, `\\(e)` for a value. A backslash itself is written twice.
      """,
      wrong: "let path = \"C:\\data\"", right: "let path = \"C:\\\\data\""),
    Entry(
      "invalid-format",
      """
      After `:` in an interpolation stands a format, as in Python: `[<>^][0][width][.precision][d|f|e|g|x|%]`. Width \
      and precision are at most 1000.
      """,
      wrong: "let x = 0.5\nprint(\"\\(x:.2z)\")", right: "let x = 0.5\nprint(\"\\(x:.2f)\")"),
    Entry(
      "invalid-interpolation",
      """
      `\\(e)` in a string puts in the text of a value. It holds one expression, perhaps a format, and is closed by \
      `)`.
      """,
      wrong: "let x = 1\nprint(\"x is \\(x\")", right: "let x = 1\nprint(\"x is \\(x)\")"),
    Entry(
      "invalid-key",
      """
      A map's keys are strings, ints and bools. In a literal a key is a bare name, which means the string, or a \
      literal; a key that is computed stands in parentheses.
      """,
      wrong: "let m = {0.5: \"half\"}", right: "let m = {\"0.5\": \"half\"}"),
    Entry(
      "invalid-multiline-string",
      """
      The text of a `\"\"\"` string begins on the line after its opening quotes and ends on the line before its \
      closing quotes. The closing line's indentation is taken from every line, so every line has it.
      """,
      wrong: "let s = \"\"\"one\n  two\n  \"\"\"", right: "let s = \"\"\"\n  one\n  two\n  \"\"\""),
    Entry(
      "invalid-number",
      """
      Numbers are `42`, `1_000`, `0xff`, `3.14`, `1e-4`. A float has digits on both sides of its point, an \
      underscore stands between digits, and a letter does not follow.
      """,
      wrong: "let x = .5", right: "let x = 0.5"),
    Entry(
      "invalid-parameter",
      """
      `...rest` gathers the arguments that are left, so it comes last and has no default. A short function's \
      parameters are names alone; one with defaults is written with `fn`.
      """,
      wrong: "fn f(...rest, last) { last }", right: "fn f(first, ...rest) { rest }"),
    Entry(
      "invalid-pipe",
      """
      On the right of `|>` stands what is called with the value: a name, a member, a call, a subscript, or any \
      expression in parentheses. Another `|>` may follow, no other operator.
      """,
      wrong: "let y = 4 |> sqrt + 1", right: "let y = (4 |> sqrt) + 1"),
    Entry(
      "invalid-target",
      "What stands left of `=` is a name, `x[i]` or `x.name`; or several of these, to take a list apart.",
      wrong: "var a = 1\na + 1 = 2", right: "var a = 1\na = 2"),
    Entry(
      "invalid-text",
      "Programs are text in UTF-8. This file holds bytes that are not; an editor can save it anew in UTF-8.",
      wrong: "let s = \u{FFFD}", right: "let s = \"é\""),
    Entry(
      "list-without-brackets",
      """
      `a, b` without brackets makes a list in two places: after `return`, and after `=` with several targets. \
      Elsewhere a list has brackets.
      """,
      wrong: "let pair = 1, 2", right: "let pair = [1, 2]"),
    Entry(
      "map-not-block",
      """
      Where a value is expected, `{` opens a map. A block follows its keyword, `fn(...)`, or a call on the same \
      line. So `x => { ... }` gives a map; a function with statements is written with `fn`.
      """,
      wrong: "let f = x => {\n  let y = x * 2\n  y + 1\n}", right: "let f = fn(x) {\n  let y = x * 2\n  y + 1\n}"),
    Entry(
      "misplaced-else",
      "`else` and `catch` stand on the line of the `}` before them. A newline there would end the statement.",
      wrong: "if true { print(1) }\nelse { print(2) }", right: "if true { print(1) } else { print(2) }"),
    Entry(
      "misplaced-statement",
      """
      Imports and tests stand at the top level, and the body of a type holds fields (`let`, `var`) and methods \
      (`fn`) alone.
      """,
      wrong: "type Counter() {\n  count = 0\n}", right: "type Counter() {\n  var count = 0\n}"),
    Entry(
      "missing-braces", "A block stands in braces, and its `{` on the line of its head.",
      wrong: "let x = 2\nif x > 1:\n  print(x)", right: "let x = 2\nif x > 1 {\n  print(x)\n}"),
    Entry(
      "missing-line-break",
      """
      A statement ends with its line, or with `;`. Two values side by side lack an operator, a comma or parentheses \
      between them.
      """,
      wrong: "print \"hello\"", right: "print(\"hello\")"),
    Entry(
      "missing-value",
      "`let` and `var` give a name a value, `throw` throws one, and `assert` checks one: it must be there.",
      wrong: "let x", right: "let x = nil"),
    Entry(
      "number-too-large", "An int has 64 bits, up to 9223372036854775807; a float reaches about 1.8e308.",
      wrong: "let n = 9223372036854775808", right: "let n = 9223372036854775808.0"),
    Entry(
      "too-deep",
      """
      Brackets and blocks nest at most 200 levels deep, and an expression joins at most 500 operators. A name for an \
      inner part, or a list in place of a long sum, makes it shallow.
      """,
      wrong: "print(" + String(repeating: "(", count: 200) + "1" + String(repeating: ")", count: 201), right: "print(1)"
    ),
    Entry(
      "too-many-errors", "After twenty errors the parser stops: most of the rest would repeat them.",
      wrong: Array(repeating: "let x", count: 21).joined(separator: "\n"), right: "let x = nil"),
    Entry(
      "unclosed-bracket",
      """
      A bracket is open at the end of the text, or where the next statement plainly begins. Where blocks are \
      indented, a second mark shows the block that was probably meant.
      """,
      wrong: "print(\"a\"\nlet x = 1", right: "print(\"a\")\nlet x = 1"),
    Entry(
      "unclosed-string", "A string in `\"` ends on its line. Text of several lines stands in `\"\"\"`.",
      wrong: "print(\"hello)",
      right: "print(\"hello\")"),
    Entry(
      "unexpected-token", "Something else should stand here; the message says what.", wrong: "print(1 2)",
      right: "print(1, 2)"),
    Entry(
      "unmatched-bracket", "A closing bracket closes the innermost open one, of its own kind.",
      wrong: "let xs = [1, 2)",
      right: "let xs = [1, 2]"),
  ]
}
