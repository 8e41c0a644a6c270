// A program that runs scripts of strangers: within limits, their output caught, their errors as values.
import Dispatch
import LimnLanguage

/// What became of a script.
enum Outcome {
  case value(String)
  /// The code, `division-by-zero`, and the text that a user would read.
  case failure(code: String, message: String)
}

/// Runs a script that may do nothing but compute: it sees the bindings that it is given, and no others.
func run(_ script: String) -> (outcome: Outcome, output: String) {
  var output = ""
  let interpreter = Interpreter(bindings: CoreLibrary.bindings, constants: CoreLibrary.constants)
  interpreter.output = { output += $0 }
  interpreter.limits = Interpreter.Limits(steps: 1_000_000, memory: 16 << 20)
  interpreter.setDeadline(after: .seconds(30))
  do {
    let value = try interpreter.evaluate(Source(name: "script", text: script))
    return (.value(try interpreter.repr(value)), output)
  } catch let error as DiagnosticError {
    let first = error.diagnostics[0]
    return (.failure(code: first.code, message: first.message), output)
  } catch {
    return (.failure(code: "error", message: "\(error)"), output)
  }
}

let scripts = [
  "print(\"six times seven\")\n6 * 7",
  "1 // 0",
  "try { throw error(\"no luck\", kind: \"luck\") } catch e { \"caught \\(e.kind)\" }",
  "while true { }",
  "let xs = []\nwhile true { xs.append(\"x\".repeat(1000)) }",
  "fn f(n) { f(n) + 1 }\nf(0)",
  "read_file(\"/etc/passwd\")",
]
for script in scripts {
  let (outcome, output) = run(script)
  if !output.isEmpty { print("output:", output, terminator: "") }
  switch outcome {
  case .value(let text): print("value:", text)
  case .failure(let code, let message): print("error:", code, "-", message)
  }
}

// Another thread may stop a script at any time; nothing that the script does can catch that.
let interpreter = Interpreter(bindings: CoreLibrary.bindings)
let signal = interpreter.interruptSignal
DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { signal.interrupt() }
do {
  _ = try interpreter.evaluate(Source(name: "endless", text: "while true { try { while true { } } catch e { } }"))
} catch let error as DiagnosticError {
  print("stopped:", error.diagnostics[0].code)
}
// The interpreter can go on.
print("and on:", try interpreter.describe(interpreter.evaluate(Source(name: "next", text: "2 + 2"))))
