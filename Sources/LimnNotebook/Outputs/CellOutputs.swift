import LimnRuntime

/// What one cell has put out, in the order in which a reader sees it.
struct CellOutputs: Sendable {
  private(set) var items: [Item] = []
  /// Pictures so far, replaced ones counted once: the next is named by one more.
  private(set) var pictureCount = 0
  private var stack = ProgressStack()
  /// For each running loop, the place of its line in `items`, and that of the last loop inside it.
  private var progressItems: [(own: Int, inner: Int?)] = []

  enum Item: Sendable {
    /// Printed text or a result; texts that follow each other share a fence.
    case text(String)
    /// The error that the cell ended with, which is shown even where outputs are hidden.
    case error(String)
    case picture(Picture)
    /// A loop, of which the last count and message are kept.
    case progress(ProgressBar)
  }

  mutating func add(text: String) {
    guard case .text(var joined) = items.last else {
      items.append(.text(text))
      return
    }
    // Taken out of the list first, the text is held once and grows in place.
    items.removeLast()
    joined += text
    items.append(.text(joined))
  }

  /// Adds text that begins and ends its own lines.
  mutating func add(lines: String) {
    var text = lines.hasSuffix("\n") ? lines : lines + "\n"
    if case .text(let before) = items.last, !before.hasSuffix("\n") { text = "\n" + text }
    add(text: text)
  }

  mutating func add(error: String) { items.append(.error(error)) }

  mutating func add(_ picture: Picture) {
    items.append(.picture(picture))
    pictureCount += 1
  }

  /// The last picture that was shown with an id.
  func lastPicture(id: String) -> Picture? {
    pictures.last { $0.displayID == id }
  }

  /// Puts a picture in the place of the last that has its display id.
  mutating func replace(with picture: Picture) {
    let index = items.lastIndex {
      if case .picture(let old) = $0 { old.displayID == picture.displayID } else { false }
    }
    if let index { items[index] = .picture(picture) }
  }

  /// Marks pictures as written: their bytes are let go.
  mutating func releasePictureBytes() {
    for index in items.indices {
      guard case .picture(var picture) = items[index] else { continue }
      picture.png = nil
      items[index] = .picture(picture)
    }
  }

  var pictures: [Picture] {
    items.compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }

  /// Keeps the line of a loop up to date. It stands where the loop began; of the loops that ran inside a loop one after
  /// another, only the last keeps a line.
  mutating func follow(_ event: ProgressEvent) {
    guard let change = stack.follow(event, now: 0) else { return }
    switch change {
    case .began(let bar, let depth):
      if depth > 0, let inner = progressItems[depth - 1].inner {
        items[inner] = .progress(bar)
        progressItems.append((inner, nil))
      } else {
        items.append(.progress(bar))
        if depth > 0 { progressItems[depth - 1].inner = items.count - 1 }
        progressItems.append((items.count - 1, nil))
      }
    case .advanced(let bar, let depth):
      items[progressItems[depth].own] = .progress(bar)
    case .ended(let bar, let depth):
      items[progressItems[depth].own] = .progress(bar)
      progressItems.removeSubrange(depth...)
    }
  }
}

/// A picture that a run puts out.
struct Picture: Sendable {
  /// Its place in the output folder: `images/train-1.png`.
  var file: String
  /// The `id:` that `show` was given.
  var displayID: String?
  var width: Int
  var height: Int
  /// SHA-256 of the file's bytes.
  var digest: String
  /// The file's bytes, until they are written.
  var png: [UInt8]?
}
