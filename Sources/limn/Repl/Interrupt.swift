import Foundation
import Synchronization

/// Control-C: what the signal's handler may touch, and nothing else.
enum Interrupt {
  /// A Control-C that nothing has taken yet.
  private static let pending = Atomic<Bool>(false)
  /// Set when a Control-C cleared the line that was being typed.
  static let clearedLine = Atomic<Bool>(false)

  static func takePending() -> Bool { pending.exchange(false, ordering: .relaxed) }

  static func raise() { pending.store(true, ordering: .relaxed) }
}
