import Foundation
enum Limn { static let version = "0.1" }
let arguments = CommandLine.arguments
if arguments.count > 2, arguments[1] == "-e" { exit(OneUnit.run(arguments[2], name: "<command>", seed: 0)) }
if arguments.count > 1 {
  exit(OneUnit.run(try! String(contentsOfFile: arguments[1], encoding: .utf8), name: arguments[1], seed: 0))
}
if isatty(0) == 0 { exit(OneUnit.runStandardInput(seed: 0)) }
Repl(seed: 0).run()
