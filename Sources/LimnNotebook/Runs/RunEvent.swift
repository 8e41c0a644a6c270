import LimnLanguage
import LimnRuntime

/// What a run reports while it goes on, for a command line, a file of JSON lines, or any other front end to show.
public enum RunEvent: Sendable {
  case started(RunStart)
  case cellStarted(CellPlace)
  /// Printed text, with its line breaks.
  case text(String)
  /// The value of a cell's last expression, as text without a line break.
  case result(String)
  case picture(PictureReport)
  case progress(ProgressEvent)
  case cellFinished(CellReport)
  case finished(RunReport)
}

/// How a run begins.
public struct RunStart: Sendable {
  public var document: String
  public var seed: UInt64
  public var cellCount: Int
}

/// A cell's place in its document.
public struct CellPlace: Sendable, Hashable {
  /// From 1.
  public var number: Int
  public var count: Int
  public var id: String
}

/// A picture that was shown. Its file is there once its cell has ended.
public struct PictureReport: Sendable {
  /// Below the output folder: `images/train-1.png`.
  public var file: String
  public var width: Int
  public var height: Int
  /// It took the place of an earlier picture with its id.
  public var isReplacement: Bool
}

/// How a cell ended.
public struct CellReport: Sendable {
  public var place: CellPlace
  public var status: CellStatus
  public var seconds: Double
  /// What went wrong, expected or not.
  public var diagnostics: [Diagnostic]
}

/// How a run ended.
public struct RunReport: Sendable {
  public var status: RunStatus
  public var seconds: Double
  /// Where outputs were saved.
  public var outputFolder: String?
  /// The rendered notebook's name in that folder.
  public var notebook: String?

  /// 0 when every cell did what it should, 1 when one did not, 124 after a time-out, 130 after an interrupt.
  public var exitCode: Int32 {
    switch status {
    case .succeeded, .running: 0
    case .failed: 1
    case .timedOut: 124
    case .interrupted: 130
    }
  }
}
