import Foundation
import LimnTensor
import Testing

@testable import LimnImage

@Suite struct AtomicFileTests {
  @Test func aFileAppearsWholeAndAloneInItsFolder() throws {
    try withFolder { folder in
      try Files.write([1, 2, 3], to: folder + "/a.bin")
      #expect(try Files.read(folder + "/a.bin") == [1, 2, 3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.bin"])
    }
  }

  @Test func nothingIsLeftOfAFileThatIsNotCommitted() throws {
    try withFolder { folder in
      try Files.write([1], to: folder + "/a.bin")
      do {
        var file = try AtomicFile(folder + "/a.bin")
        try [UInt8](repeating: 2, count: 100).withUnsafeBytes { try file.write($0) }
      }
      #expect(try Files.read(folder + "/a.bin") == [1])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.bin"])
    }
  }

  @Test func anOlderFileKeepsItsPermissions() throws {
    try withFolder { folder in
      try Files.write([1], to: folder + "/a.bin")
      chmod(folder + "/a.bin", 0o600)
      try Files.write([2], to: folder + "/a.bin")
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/a.bin")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func aLinkStaysALink() throws {
    try withFolder { folder in
      try Files.write([1], to: folder + "/real.bin")
      try FileManager.default.createSymbolicLink(atPath: folder + "/link.bin", withDestinationPath: "real.bin")
      try Files.write([2], to: folder + "/link.bin")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link.bin") == "real.bin")
      #expect(try Files.read(folder + "/real.bin") == [2])
    }
  }

  @Test func aDeviceIsWrittenToAndNotReplaced() throws {
    try Files.write([1], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func aLongNameCanBeWritten() throws {
    try withFolder { folder in
      let path = folder + "/" + String(repeating: "n", count: 255)
      try Files.write([7], to: path)
      #expect(try Files.read(path) == [7])
    }
  }

  @Test func aMissingFolderIsNamed() throws {
    try withFolder { folder in
      let error = failure { try Files.write([1], to: folder + "/none/a.png") }
      #expect(error?.code == .missingFolder)
      #expect(error?.message == "\(folder)/none/a.png cannot be written: there is no folder \(folder)/none")
      #expect(error?.help == "make the folder first: mkdir -p \(folder)/none")
    }
  }

  @Test func aFolderIsNotAFile() throws {
    try withFolder { folder in
      #expect(failure { try Files.write([1], to: folder) }?.code == .cannotWrite)
      #expect(failure { try Files.read(folder) }?.message == "\(folder) is a folder, not a file")
    }
  }

  /// In the kernel's own file system nobody may make files, the superuser included.
  @Test func aFolderThatMayNotBeWrittenIsAnError() {
    #expect(failure { try Files.write([1], to: "/sys/a.png") }?.code == .permissionDenied)
  }

  @Test func theSystemsReasonsAreToldInWords() {
    #expect(FileFault.writing("a.png", EACCES).message == "a.png may not be written: permission denied")
    #expect(FileFault.writing("a.png", EROFS).message == "a.png may not be written: read-only file system")
    #expect(FileFault.writing("a.png", ENOSPC).message == "a.png cannot be written: no space left on device")
    #expect(FileFault.reading("a.png", EACCES).message == "a.png may not be read")
    #expect(FileFault.reading("a.png", EIO).message == "a.png cannot be read: input/output error")
  }

  @Test func aMissingFileIsNamed() {
    let error = failure { try Files.read("no/such/file.png") }
    #expect(error?.code == .missingFile)
    #expect(error?.message == "there is no file no/such/file.png")
  }

  @Test func aFullDiskIsAnError() throws {
    #expect(failure { try Files.write([1], to: "/dev/full") }?.code == .cannotWrite)
  }
}
