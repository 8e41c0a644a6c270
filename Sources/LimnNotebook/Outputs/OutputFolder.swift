import FoundationEssentials
import LimnImage
import LimnLanguage

/// The folder that holds a run's outputs, and the care that its files are taken with.
///
/// Each file is written aside and then renamed. `run.json` names a file before the file is there, so that whatever
/// moment a run is killed at, the next run knows which files were Limn's. Only those are ever overwritten or removed.
struct OutputFolder {
  static let recordName = "run.json"

  let path: String
  /// The files of the run before that this run has not written yet.
  private var leftover: Set<String>
  /// This run's files.
  private var written: Set<String> = []
  /// The record as it was last written.
  private var lastRecord: RunRecord?

  /// Looks at the folder, which need not be there, and writes nothing.
  ///
  /// - Parameters:
  ///   - names: The files that the run is sure to write.
  ///   - pictureIDs: Cells whose pictures it may write.
  /// - Throws: `UsageError` when a file that the run would write over is not a run's, or the folder cannot be one.
  init(_ path: String, writing names: [String], pictureIDs: [String]) throws {
    self.path = path
    for folder in [path, path + "/images"] {
      var isDirectory = false
      if FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), !isDirectory {
        throw UsageError(
          "output-folder", "`\(folder)` is a file, not a folder", help: "choose another folder with -o DIR")
      }
    }
    leftover = try OutputFolder.filesOfPreviousRun(in: path)
    for name in names + foreignCandidates(pictureIDs) where !leftover.contains(name) {
      guard exists(name) else { continue }
      throw UsageError(
        "output-folder",
        "`\(path)/\(name)` is in the way: it is not an earlier run's output, and would be written over",
        help: "move it away, or choose another folder with -o DIR")
    }
  }

  /// Makes the folder, and those above it.
  func create() throws { try create(path) }

  private func create(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw UsageError(
        "output-folder", "the folder `\(folder)` cannot be made",
        help: "check that you may write there, or choose another with -o DIR")
    }
  }

  /// Writes pictures, the rendered notebook, and the record.
  ///
  /// A run may be killed between any two of these. So new files are first announced in the record of before, and the
  /// new record comes last, when all that it tells of is there.
  ///
  /// - Parameter record: Its `files` are filled in here.
  mutating func save(_ record: RunRecord, pictures: [Picture], notebook: (name: String, bytes: [UInt8])?) throws {
    let names = pictures.map(\.file) + (notebook.map { [$0.name] } ?? [])
    if !written.isSuperset(of: names) {
      written.formUnion(names)
      try write(lastRecord ?? record)
    }
    if !pictures.isEmpty { try create(path + "/images") }
    for picture in pictures {
      if let png = picture.png { try write(png, to: picture.file) }
    }
    if let notebook { try write(notebook.bytes, to: notebook.name) }
    try write(record)
    lastRecord = record
  }

  /// Removes what the run before left and this one did not write, and writes the record that no longer lists it.
  mutating func finish(_ record: RunRecord) throws {
    for name in leftover.subtracting(written).sorted() {
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
    leftover = []
    try write(record)
  }

  private func write(_ record: RunRecord) throws {
    var record = record
    record.files = written.union(leftover).sorted()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try write(Array(try encoder.encode(record)) + [UInt8(ascii: "\n")], to: OutputFolder.recordName)
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    var file = try AtomicFile(path + "/" + name)
    try bytes.withUnsafeBytes { try file.write($0) }
    try file.commit()
  }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  /// Pictures in the folder that have the names of these cells' pictures.
  private func foreignCandidates(_ ids: [String]) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/images")) ?? []
    let stems = Set(ids)
    return names.filter { name in
      guard name.hasSuffix(".png"), let dash = name.lastIndex(of: "-") else { return false }
      let number = name[name.index(after: dash)...].dropLast(4)
      return stems.contains(String(name[..<dash])) && !number.isEmpty && number.allSatisfy(\.isNumber)
    }.map { "images/" + $0 }.sorted()
  }

  /// What an earlier run's record lists; nothing without one.
  private static func filesOfPreviousRun(in path: String) throws -> Set<String> {
    let record = path + "/" + recordName
    guard let data = FileManager.default.contents(atPath: record) else { return [] }
    struct Listing: Decodable {
      var format: Int
      var files: [String]
    }
    guard let listing = try? JSONDecoder().decode(Listing.self, from: data) else {
      throw UsageError(
        "output-folder", "`\(record)` is in the way: it is no run's record, and would be written over",
        help: "move it away, or choose another folder with -o DIR")
    }
    return Set(listing.files.filter(isOwn))
  }

  /// Whether a listed name can be one of a run: a file in the folder or in its `images`. A record that was tampered
  /// with cannot point elsewhere.
  private static func isOwn(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return false }
    return parts.count == 1 || (parts.count == 2 && parts[0] == "images")
  }
}
