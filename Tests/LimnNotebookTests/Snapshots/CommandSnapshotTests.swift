import Testing

@Suite struct CommandSnapshotTests {
  @Test(arguments: try CommandSnapshot.all())
  func theCommandSaysExactlyWhatIsRecorded(_ snapshot: CommandSnapshot) throws {
    let text = try snapshot.run()
    #expect(text.contains("error[\(snapshot.code)]"), "a snapshot stands in the folder of its error")
    if CommandSnapshot.updates {
      try (snapshot.source + CommandSnapshot.separator + text).write(
        to: snapshot.file, atomically: true, encoding: .utf8)
    } else {
      #expect(text == snapshot.expected)
    }
  }
}
