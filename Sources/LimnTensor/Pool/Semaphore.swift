import Glibc

/// A POSIX semaphore that starts at zero.
final class Semaphore: @unchecked Sendable {
  private let handle = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(handle, 0, 0) }

  func signal() { sem_post(handle) }

  func wait() {
    while sem_wait(handle) != 0 {}  // A Unix signal interrupts the wait; it goes on.
  }

  deinit {
    sem_destroy(handle)
    handle.deallocate()
  }
}
