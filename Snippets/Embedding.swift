// A program that embeds the language: it gives scripts a function of its own and reads their answers.
import LimnLanguage

let greet = Binding(
  "greet", [.required("name", .string), .optional("times", .int, 1)],
  "A greeting, as often as asked for.", example: "greet(\"Ada\")   # Hello, Ada!"
) { call in
  let line = "Hello, \(try call.string(0))!"
  let times = max(0, try call.int(1))
  return .string(Array(repeating: line, count: times).joined(separator: " "))
}

let interpreter = Interpreter(bindings: [greet] + CoreLibrary.bindings, constants: CoreLibrary.constants)

let script = Source(
  name: "hello.limn",
  text: """
    let names = ["Ada", "Alan"]
    for name in names { print(greet(name, times: 2)) }
    names.map(n => len(n)).sum()
    """)

do {
  let result = try interpreter.evaluate(script)
  print("the script gave \(try interpreter.describe(result))")

  // A mistake ends in an error for the user, never in a crash.
  _ = try interpreter.evaluate(Source(name: "mistake.limn", text: "greet(42)"))
} catch let error as DiagnosticError {
  for diagnostic in error.diagnostics { print(DiagnosticRenderer().render(diagnostic)) }
}
