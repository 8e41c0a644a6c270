import Testing

@testable import LimnLanguage

@Suite struct RegisterTests {
  @Test func aValueIsAPayloadAndATag() {
    #expect(MemoryLayout<Value>.size == 9)
    #expect(MemoryLayout<Value>.stride == 16)
    let object = StringObject("x")
    var value = Value.object(object)
    withUnsafeMutablePointer(to: &value) { register in
      #expect(register.holdsObject)
      #expect(register.address == Unmanaged.passUnretained(object).toOpaque())
      #expect(register.kind == .string)
    }
  }

  @Test func registersCountReferences() {
    weak var witness: StringObject?
    do {
      let registers = UnsafeMutablePointer<Value>.allocate(capacity: 3)
      registers.initialize(repeating: .nil, count: 3)
      do {
        let object = StringObject("x")
        witness = object
        registers[0] = .object(object)
      }
      (registers + 1).copy(registers)
      registers.put(.int(1))
      #expect(witness != nil)
      (registers + 2).move(registers + 1)
      #expect(registers[1].isNil)
      #expect(registers[2].asString == "x")
      (registers + 2).copy(registers + 2)
      #expect(registers[2].asString == "x")
      (registers + 2).put(.bool(true))
      #expect(witness == nil)
      registers.deallocate()
    }
  }
}
