@preconcurrency import CReadline
import FoundationEssentials
import Glibc

/// A line of input from a terminal, by GNU readline: editing, history, completion, and Control-C that clears the line.
///
/// Readline keeps its state in globals, so there is one editor in a process, and it is used on one thread.
final class LineEditor {
  enum Line {
    case text(String)
    /// Control-C on the prompt.
    case cleared
    /// Control-D on an empty line.
    case end
  }

  /// Gives the completions of the word that ends at an offset, in bytes, of the line.
  nonisolated(unsafe) static var complete: (_ line: String, _ end: Int) -> (start: Int, candidates: [String]) = {
    _, end in (end, [])
  }
  private nonisolated(unsafe) static var candidates: [String] = []

  private let historyFile: String?

  /// Reads the history; without a folder for it, history lasts for the session.
  init(historyFile: String?) {
    self.historyFile = historyFile
    rl_readline_name = UnsafePointer(strdup("limn"))
    rl_catch_signals = 0
    rl_signal_event_hook = {
      guard Interrupt.takePending() else { return 0 }
      rl_free_line_state()
      rl_replace_line("", 0)
      rl_done = 1
      Interrupt.clearedLine.store(true, ordering: .relaxed)
      return 0
    }
    rl_completer_word_break_characters = UnsafePointer(strdup(" \t\n\"'`@$><=;|&{(,[+-*/%~^)]}"))
    rl_attempted_completion_function = { _, start, end in LineEditor.matches(start: Int(start), end: Int(end)) }
    using_history()
    history_write_timestamps = 1
    stifle_history(10_000)
    if let historyFile { read_history(historyFile) }
  }

  func read(prompt: String) -> Line {
    Interrupt.clearedLine.store(false, ordering: .relaxed)
    guard let line = readline(prompt) else { return .end }
    defer { free(line) }
    if Interrupt.clearedLine.load(ordering: .relaxed) {
      print()
      return .cleared
    }
    return .text(String(cString: line))
  }

  /// Keeps an entry, which may have several lines; one equal to the last is kept once.
  func remember(_ entry: String) {
    guard !entry.isEmpty else { return }
    if let last = history_get(history_base + history_length - 1), let text = last.pointee.line,
      String(cString: text) == entry
    {
      return
    }
    add_history(entry)
  }

  /// Writes the history, for its owner alone to read.
  func saveHistory() {
    guard let historyFile else { return }
    let folder = URL(fileURLWithPath: historyFile).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    write_history(historyFile)
    chmod(historyFile, 0o600)
  }

  private static func matches(start: Int, end: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    rl_attempted_completion_over = 1
    // Readline puts its default back before each completion.
    rl_completion_append_character = 0
    guard let buffer = rl_line_buffer else { return nil }
    let completion = complete(String(cString: buffer), end)
    // Readline completes from where its own word begins; what stands before ours there is put back.
    let bytes = Array(String(cString: buffer).utf8)
    let from = min(start, completion.start)
    let lead = String(decoding: bytes[from..<completion.start], as: UTF8.self)
    candidates = completion.candidates.map { lead + $0 }
    guard !candidates.isEmpty, let word = strndup(buffer + start, end - start) else { return nil }
    defer { free(word) }
    return rl_completion_matches(word) { _, state in
      let index = Int(state)
      return index < LineEditor.candidates.count ? strdup(LineEditor.candidates[index]) : nil
    }
  }
}
