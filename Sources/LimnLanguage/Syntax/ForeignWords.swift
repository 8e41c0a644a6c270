/// Words that begin statements in other languages.
enum ForeignWords {
  /// A message and what to write, by word.
  static let statements: [String: (message: String, help: String)] = [
    "def": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "func": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "function": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "fun": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "local": ("a name is made with `let` or `var`", "`let x = 1`"),
    "const": ("a name is made with `let`", "`let x = 1`"),
    "auto": ("a name is made with `let` or `var`", "`let x = 1`"),
    "class": ("a type is declared with `type`", "`type Point(x, y) { ... }`"),
    "struct": ("a type is declared with `type`", "`type Point(x, y) { ... }`"),
    "enum": ("there are no enumerations", "strings serve: `let mode = \"train\"`"),
    "elif": ("`elif` is written `else if`", "`if a { ... } else if b { ... }`"),
    "elseif": ("`elseif` is written `else if`", "`if a { ... } else if b { ... }`"),
    "unless": ("`unless` is written `if not`", "`if not c { ... }`"),
    "switch": ("there is no `switch`", "`if x == 1 { ... } else if x == 2 { ... }`"),
    "match": ("there is no `match`", "`if x == 1 { ... } else if x == 2 { ... }`"),
    "do": ("there is no `do`", "`while c { ... }`, or `try { ... } catch e { ... }`"),
    "foreach": ("`foreach` is written `for`", "`for x in xs { ... }`"),
    "loop": ("an endless loop is written `while true`", "`while true { ... }`"),
    "raise": ("`raise` is written `throw`", "`throw error(\"message\")`"),
    "except": ("`except` is written `catch`", "`try { ... } catch e { ... }`"),
    "finally": ("there is no `finally`", "write what must follow after the `catch` block"),
    "pass": ("there is no `pass`", "an empty block is `{ }`"),
    "del": ("there is no `del`", "`m.remove(key)`, `xs.remove(value)`"),
    "new": ("an instance is made by calling its type", "`Point(1, 2)`"),
    "await": ("there is no `await`", "a call returns when it is done"),
    "async": ("there is no `async`", "declare it with `fn`"),
    "yield": ("there is no `yield`", "append to a list and return it"),
    "global": ("there is no `global`", "a function may assign to a `var` around it"),
    "nonlocal": ("there is no `nonlocal`", "a function may assign to a `var` around it"),
    "lambda": ("a short function is written with `=>`", "`x => x * 2`"),
    "with": ("there is no `with`", "a function that takes a block serves: `no_grad { ... }`"),
    "from": ("an import from a module ends with its names", "`from gan import train`"),
  ]

  /// Words that mean something alone on their line, too.
  static let alone: Set<String> = ["pass", "finally", "do"]
}
