/// How far a run has come: each cell's outputs and record.
struct RunState {
  var outputs: [CellOutputs]
  var cells: [CellRecord]
  var status = RunStatus.running
  /// The cell that runs.
  var current = 0
  /// Cells whose outputs are not as their records say: the present one, and those of which it replaced a picture.
  private var changed: Set<Int> = []
  /// Where outputs are saved; nil for a script that has shown no picture.
  var folder: OutputFolder?

  init(_ document: NotebookDocument) {
    outputs = document.cells.map { _ in CellOutputs() }
    cells = document.cells.map { cell in
      CellRecord(number: cell.number, id: cell.id, line: cell.line, status: .pending, outputs: [])
    }
  }

  /// Takes note of how a cell ended, and decides whether the run must end with it. The first cell that went wrong
  /// decides the run's status.
  mutating func mustStop(after index: Int, keepsGoing: Bool) -> Bool {
    switch cells[index].status {
    case .succeeded, .failedAsExpected, .skipped, .pending, .running:
      return false
    case .interrupted:
      status = .interrupted
      return true
    case .failed:
      if status == .running { status = .failed }
    case .timedOut:
      if status == .running { status = .timedOut }
    }
    return !keepsGoing
  }

  /// Pictures whose bytes are not in the output folder yet.
  var unsavedPictures: [Picture] {
    changed.sorted().flatMap { outputs[$0].pictures }.filter { $0.png != nil }
  }

  mutating func begin(_ index: Int) {
    current = index
    changed.insert(index)
    cells[index].status = .running
  }

  /// Puts a picture in the place of the last that has its display id, which is in the outputs of cell `index`.
  mutating func replacePicture(of index: Int, by picture: Picture) {
    changed.insert(index)
    outputs[index].replace(with: picture)
  }

  /// Records the digests of outputs that have changed.
  mutating func recordOutputs() {
    for index in changed { cells[index].outputs = outputs[index].items.map(OutputRecord.init) }
  }

  /// Takes note that everything has been written.
  mutating func wasSaved() {
    for index in changed { outputs[index].releasePictureBytes() }
    changed = []
  }
}
