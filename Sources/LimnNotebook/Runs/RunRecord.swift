/// What `run.json` says of a run: what was run, with what, and how each cell fared.
///
/// Times, and how much memory was used, stand here alone: the rendered notebook and the pictures are the same in every
/// run.
struct RunRecord: Codable, Sendable {
  /// The version of this form.
  var format = 1
  var notebook: String
  var title: String?
  var status: RunStatus
  var seed: UInt64
  var parameters: JSONValue
  var threads: Int
  /// The versions of Limn and of what its results depend on, by name.
  var versions: [String: String]
  /// The processor's name, and the core that OpenBLAS chose its kernels for.
  var processor: Processor
  /// ISO 8601, UTC.
  var started: String
  var seconds: Double
  var cells: [CellRecord]
  /// Every file that the run has written or is about to write, below the output folder; and, while it goes on, those
  /// that are left of the run before. No other file is ever removed.
  var files: [String]

  struct Processor: Codable, Sendable {
    var name: String
    var kernels: String
  }
}

/// How a run stands or ended.
public enum RunStatus: String, Codable, Sendable {
  case running, succeeded, failed
  case timedOut = "timed-out"
  case interrupted
}

/// How a cell stands or ended.
public enum CellStatus: String, Codable, Sendable {
  /// It has not been reached.
  case pending
  case running
  case succeeded
  case failed
  /// It failed as its `expect-error` says it must.
  case failedAsExpected = "failed-as-expected"
  case timedOut = "timed-out"
  case interrupted
  /// Its `skip` option says so.
  case skipped

  /// Whether the cell did what it should.
  public var isSuccess: Bool {
    switch self {
    case .succeeded, .failedAsExpected, .skipped: true
    case .pending, .running, .failed, .timedOut, .interrupted: false
    }
  }
}

/// One cell in `run.json`.
struct CellRecord: Codable, Sendable {
  var number: Int
  var id: String
  /// The line of the notebook on which the cell begins.
  var line: Int
  var status: CellStatus
  var seconds: Double?
  var outputs: [OutputRecord]
  var error: ErrorRecord?
  /// Bytes of tensors when the cell had ended.
  var memory: Memory?

  struct ErrorRecord: Codable, Sendable {
    var code: String
    var message: String
  }

  struct Memory: Codable, Sendable {
    var live: Int
    var cached: Int
    var peak: Int
  }
}

/// One output in `run.json`: its kind and the SHA-256 of its bytes.
struct OutputRecord: Codable, Sendable {
  enum Kind: String, Codable, Sendable { case text, picture, error, progress }

  var kind: Kind
  var sha256: String
  /// A picture's place below the output folder, and its size.
  var file: String?
  var width: Int?
  var height: Int?

  init(_ item: CellOutputs.Item) {
    switch item {
    case .text(let text): (kind, sha256) = (.text, Digest.sha256(text.utf8))
    case .error(let text): (kind, sha256) = (.error, Digest.sha256(text.utf8))
    case .progress(let bar): (kind, sha256) = (.progress, Digest.sha256(bar.summary.utf8))
    case .picture(let picture):
      (kind, sha256) = (.picture, picture.digest)
      (file, width, height) = (picture.file, picture.width, picture.height)
    }
  }
}
