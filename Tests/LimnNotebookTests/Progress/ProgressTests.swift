import LimnLanguage
import LimnRuntime
import Testing

@testable import LimnNotebook

@Suite struct ProgressLineTests {
  private func bar(label: String? = "train", total: Int? = 1000, count: Int, message: String? = nil, at time: Double)
    -> ProgressBar
  {
    var bar = ProgressBar(id: 1, label: label, total: total, now: 0)
    bar.advance(to: count, message: message)
    bar.measure(now: time)
    return bar
  }

  @Test func whatIsSavedHasNoTimes() {
    #expect(bar(count: 450, message: "loss 0.35", at: 12).summary == "train 450/1000, loss 0.35")
    #expect(bar(label: nil, total: nil, count: 7, at: 3).summary == "7")
  }

  @Test func aPlainLineTellsCountTimesAndMessage() {
    #expect(
      ProgressLine.plain(bar(count: 450, message: "loss 0.35", at: 12.5), now: 12.5)
        == "train 450/1000 (45%), 13 s, 15 s left, 36/s, loss 0.35")
  }

  @Test func aTerminalsLineFillsTheRoomForTheBar() {
    let line = ProgressLine.terminal(bar(count: 500, at: 5), width: 80, unicode: true, now: 5)
    #expect(line == "train  50% ━━━━━━━━━━━━━━━━───────────────── 500/1000  5.0 s, 5.0 s left, 100/s")
    #expect(line.count == 79)
  }

  @Test(arguments: 1...200)
  func aTerminalsLineNeverReachesTheLastColumn(width: Int) {
    for total in [nil, 0, 1000] {
      let bar = bar(label: "größe 大", total: total, count: 999, message: "loss 大きい 0.123", at: 5000)
      let line = ProgressLine.terminal(bar, width: width, unicode: true, now: 5000)
      #expect(DisplayWidth.of(line) < max(2, width))
    }
  }

  @Test func anASCIITerminalGetsASCII() {
    #expect(
      ProgressLine.terminal(bar(count: 500, at: 5), width: 80, unicode: false, now: 5).utf8.allSatisfy { $0 < 128 })
  }

  @Test func absurdCountsDoNotTrap() {
    for (total, count) in [(0, 5), (-3, 1), (5, 50), (Int.max, Int.max), (1, -1), (Int.max, 0)] {
      let bar = bar(total: total, count: count, at: 1e-9)
      #expect(!ProgressLine.terminal(bar, width: 80, unicode: true, now: 1e300).isEmpty)
      #expect(!ProgressLine.plain(bar, now: -.infinity).isEmpty)
    }
  }

  @Test func aMessageStaysOnOneLine() {
    #expect(bar(count: 1, message: "a\n b\r\tc", at: 1).message == "a b c")
  }

  @Test(arguments: [
    (0, "0.0 s"), (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1:00"), (185, "3:05"),
    (3723, "1:02:03"), (.infinity, "?"), (-1, "?"), (.nan, "?"),
  ])
  func durationsAreShort(seconds: Double, text: String) {
    #expect(DurationText.text(seconds) == text)
  }

  @Test(arguments: [(36.2, "36/s"), (2.46, "2.5/s"), (0.25, "4.0 s each"), (0, "?/s")])
  func ratesBelowOneAreTimes(rate: Double, text: String) {
    #expect(DurationText.rate(rate) == text)
  }
}

@Suite struct PlainProgressTests {
  private final class Log { var text = "" }

  private func log(_ body: (inout PlainProgress) -> Void) -> [String] {
    let log = Log()
    var progress = PlainProgress { log.text += $0 }
    body(&progress)
    #expect(!log.text.contains("\r"))
    return log.text.split(separator: "\n").map(String.init)
  }

  @Test func linesComeAtIntervals() {
    let lines = log { progress in
      progress.follow(.began(id: 1, label: "train", total: 3000), now: 0)
      for count in 1...3000 { progress.follow(.advanced(id: 1, count: count, message: nil), now: Double(count) * 0.01) }
      progress.follow(.ended(id: 1, count: 3000), now: 30)
    }
    #expect(lines.count == 4)
    #expect(lines.last == "train 3000/3000 (100%), 30 s, 100/s")
  }

  @Test func aShortLoopLeavesNoLine() {
    #expect(
      log { progress in
        for id in 1...100 {
          progress.follow(.began(id: id, label: nil, total: 1), now: Double(id) * 0.01)
          progress.follow(.ended(id: id, count: 1), now: Double(id) * 0.01)
        }
      }.isEmpty)
  }

  @Test func loopsInALoopShareItsLines() {
    let lines = log { progress in
      progress.follow(.began(id: 1, label: "epoch", total: 2), now: 0)
      progress.follow(.began(id: 2, label: "batch", total: 10), now: 0)
      progress.follow(.advanced(id: 2, count: 5, message: nil), now: 11)
      progress.follow(.ended(id: 2, count: 10), now: 12)
    }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("epoch 0/2 (0%), 11 s; batch 5/10 (50%)") == true)
  }

  @Test func unknownBarsAreIgnored() {
    #expect(
      log { progress in
        progress.follow(.advanced(id: 9, count: 1, message: nil), now: 100)
        progress.follow(.ended(id: 9, count: 1), now: 200)
      }.isEmpty)
  }
}

@Suite struct TerminalProgressTests {
  private final class Screen { var text = "" }

  private func screen(_ body: (inout TerminalProgress) -> Void) -> String {
    let screen = Screen()
    var progress = TerminalProgress(unicode: true, width: { 60 }) { screen.text += $0 }
    body(&progress)
    return screen.text
  }

  @Test func barsAreDrawnTenTimesASecondAtMost() {
    let text = screen { progress in
      progress.follow(.began(id: 1, label: "a", total: 1000), now: 0)
      for count in 1...1000 {
        progress.follow(.advanced(id: 1, count: count, message: nil), now: Double(count) * 0.001)
      }
    }
    #expect((9...12).contains(text.components(separatedBy: "\u{1B}[K").count - 1))
  }

  @Test func theLastBarsEndClearsTheScreen() {
    let text = screen { progress in
      progress.follow(.began(id: 1, label: "a", total: 2), now: 0)
      progress.follow(.ended(id: 1, count: 2), now: 1)
    }
    #expect(text.hasSuffix("\r\u{1B}[J"))
  }

  @Test func barsInABarStandBelowIt() {
    let text = screen { progress in
      progress.follow(.began(id: 1, label: "outer", total: 2), now: 0)
      progress.follow(.began(id: 2, label: "inner", total: 2), now: 1)
    }
    #expect(text.hasSuffix("\u{1B}[1A\r"))
    #expect(text.contains("outer") && text.contains("\n\r\u{1B}[Kinner"))
  }

  @Test func barsWaitForAnOpenLine() {
    let text = screen { progress in
      progress.wrote("no break")
      progress.follow(.began(id: 1, label: "a", total: 2), now: 0)
      progress.wrote("\n")
      progress.follow(.advanced(id: 1, count: 1, message: nil), now: 1)
    }
    #expect(text.components(separatedBy: "\u{1B}[K").count - 1 == 1)
  }
}
