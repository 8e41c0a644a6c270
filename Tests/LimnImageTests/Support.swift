import Foundation
import LimnTensor
import Testing

@testable import LimnImage

/// The bytes of a file in Tests/Fixtures.
func fixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return try Files.read(tests.appending(path: "Fixtures/\(name)").path())
}

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

/// A picture with a different value in every sample, as far as its depth has values.
func ramp(width: Int, height: Int, channels: Image.Channels, depth: Image.Depth = .eight) throws -> Image {
  let count = width * height * channels.count
  switch depth {
  case .eight:
    return try Image(
      width: width, height: height, channels: channels, samples: .eight((0..<count).map { UInt8($0 * 7 % 256) }))
  case .sixteen:
    return try Image(
      width: width, height: height, channels: channels,
      samples: .sixteen((0..<count).map { UInt16($0 * 2311 % 65536) }))
  }
}
