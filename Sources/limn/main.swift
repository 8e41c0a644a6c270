@preconcurrency import CReadline
let editor = LineEditor(historyFile: nil)
while true {
  switch editor.read(prompt: "> ") {
  case .text(let text): editor.remember(text); print("[\(text)]")
  case .cleared: print("cleared")
  case .end: break
  }
}
