import Glibc

/// Serves one client on two file descriptors until it leaves.
///
/// One thread reads, so that a request can be cancelled while another is answered; all answers are given on the thread
/// that called.
public final class ServerLoop: Sendable {
  private let input: Int32
  private let output: Int32
  private let queue = MessageQueue()

  public init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.input = input
    self.output = output
  }

  /// Runs until the client says `exit` or closes its end.
  ///
  /// - Returns: 0 when the client had said `shutdown` before, else 1.
  public func run() -> Int32 {
    startReading()
    let server = LanguageServer { self.write($0) }
    while server.exitCode == nil {
      if queue.isEmpty { server.publishDiagnostics() }
      switch queue.take() {
      case .message(let message, isCancelled: true): server.cancel(message["id"])
      case .message(let message, isCancelled: false): server.handle(message)
      case .notJSON(let bytes): server.handle(bytes)
      case .invalidHeader: server.rejectHeader()
      case .end: return server.state == .shutDown ? 0 : 1
      }
    }
    return server.exitCode ?? 1
  }

  private func startReading() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<ServerLoop>.fromOpaque(context).takeRetainedValue().read() }
        return nil
      }, context.toOpaque())
    if failure == 0 {
      pthread_detach(thread)
    } else {
      context.release()
      queue.end()
    }
  }

  /// Writes all bytes; gives up on a client that is gone, whose leaving ends the loop.
  private func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(output, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  private func read() {
    var stream = MessageStream()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { break }
      stream.append(chunk[..<count])
      while let item = stream.next() {
        switch item {
        case .message(let bytes): queue.add(bytes)
        case .invalidHeader: queue.addInvalidHeader()
        }
      }
    }
    queue.end()
  }
}

/// Messages that wait to be handled, with what the client has cancelled.
private final class MessageQueue: @unchecked Sendable {
  enum Item {
    case message(JSON, isCancelled: Bool)
    case notJSON([UInt8])
    case invalidHeader
    case end
  }

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let isFilled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var items: [Item] = []
  private var cancelled: Set<JSON> = []

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(isFilled, nil)
  }

  deinit {
    pthread_cond_destroy(isFilled)
    pthread_mutex_destroy(lock)
    isFilled.deallocate()
    lock.deallocate()
  }

  var isEmpty: Bool { locked { items.isEmpty } }

  func add(_ bytes: [UInt8]) {
    let message = JSON(bytes)
    locked {
      guard let message else {
        items.append(.notJSON(bytes))
        return
      }
      if message["method"] == "$/cancelRequest" {
        let id = message["params"]["id"]
        // Only what still waits can be cancelled.
        let waits = items.contains { if case .message(let other, _) = $0 { other["id"] == id } else { false } }
        if waits, !id.isNull { cancelled.insert(id) }
      } else {
        items.append(.message(message, isCancelled: false))
      }
    }
  }

  func addInvalidHeader() { locked { items.append(.invalidHeader) } }

  func end() { locked { items.append(.end) } }

  /// The next item; waits for one.
  func take() -> Item {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while items.isEmpty { pthread_cond_wait(isFilled, lock) }
    let item = items.removeFirst()
    guard case .message(let message, _) = item, message["method"].string != nil else { return item }
    return .message(message, isCancelled: cancelled.remove(message["id"]) != nil)
  }

  private func locked<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(lock)
    defer {
      pthread_cond_signal(isFilled)
      pthread_mutex_unlock(lock)
    }
    return body()
  }
}
