#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What holds for the work of one thread while a call lasts: whether it trains, who undoes it, where it was called.
///
/// Training is synchronous work on the thread that asked for it, so this is plain thread-local storage.
final class ThreadContext {
  var isTraining = false
  var undoLog: UndoLog?
  var describeCall: (() -> String?)?

  /// The context of this thread, made when it is first asked for and freed when the thread ends.
  static var current: ThreadContext {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<ThreadContext>.fromOpaque(pointer).takeUnretainedValue()
    }
    let context = ThreadContext()
    pthread_setspecific(key, Unmanaged.passRetained(context).toOpaque())
    return context
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      guard let pointer else { return }
      Unmanaged<ThreadContext>.fromOpaque(pointer).release()
    }
    return key
  }()
}
