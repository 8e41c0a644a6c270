import Foundation
import LimnTensor
import Testing

/// Runs a body with a new empty folder, which is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "limn-tests-\(UUID())").path()
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// The engine's error that a body throws, or nil with a recorded failure.
func failure<Value>(
  of body: () throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
) -> TensorError? {
  do {
    _ = try body()
    Issue.record("no error was thrown", sourceLocation: sourceLocation)
  } catch let error as TensorError {
    return error
  } catch {
    Issue.record("another error was thrown: \(error)", sourceLocation: sourceLocation)
  }
  return nil
}

/// The path of a file in Tests/Fixtures.
func fixturePath(_ name: String) -> String {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return tests.appending(path: "Fixtures/\(name)").path()
}
