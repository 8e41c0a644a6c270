/// The top-level names of a session or a module, each with the slot that holds its value.
final class GlobalScope {
  private(set) var slots: [String: Int] = [:]
  /// Names in the order of their first declaration.
  private(set) var names: [String] = []

  func slot(of name: String) -> Int? { slots[name] }

  func declare(_ name: String, slot: Int) {
    if slots.updateValue(slot, forKey: name) == nil { names.append(name) }
  }
}
