/// The two commands that are given most, `limn run FILE` and `limn -e CODE`, understood without the argument parser:
/// what it learns of its options by reflection takes longer than all else that happens before a program runs.
enum PlainCommand {
  /// Runs the arguments when they are one of the two, and gives the exit code; nil for all others.
  static func run(_ arguments: [String]) -> Int32? {
    guard arguments.count == 2 else { return nil }
    if arguments[0] == "-e" { return OneUnit.run(arguments[1], name: "<command>", seed: 0) }
    if arguments[0] == "run", !arguments[1].hasPrefix("-") { return RunRequest(file: arguments[1]).execute() }
    return nil
  }
}
