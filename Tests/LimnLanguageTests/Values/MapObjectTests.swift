import Testing

@testable import LimnLanguage

@Suite struct MapObjectTests {
  /// Against a dictionary and an array of keys, through many random changes from a fixed seed.
  @Test func aMapBehavesAsADictionaryThatKnowsItsOrder() {
    let map = MapObject()
    var expected: [Int: Int] = [:]
    var order: [Int] = []
    var state: UInt64 = 42
    for step in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let key = Int(state >> 40) % 300
      if (state >> 33) % 3 == 0 {
        #expect(map.remove(.int(key))?.asInt == expected.removeValue(forKey: key))
        order.removeAll { $0 == key }
      } else {
        if expected.updateValue(step, forKey: key) == nil { order.append(key) }
        map[.int(key)] = .int(step)
      }
    }
    #expect(map.count == expected.count)
    #expect(map.keys.compactMap(\.asInt) == order)
    for (key, value) in expected { #expect(map[.int(key)]?.asInt == value) }
    map.removeAll()
    #expect(map.count == 0)
    #expect(map[.int(1)] == nil)
  }

  @Test func keysOfDifferentTypesDiffer() {
    let map = MapObject()
    map[.int(1)] = "int"
    map[.bool(true)] = "bool"
    map["1"] = "string"
    #expect(map.count == 3)
    #expect(map[.float(1)] == nil)
    map[.float(1)] = "float"
    #expect(map.count == 3)
  }

  @Test func equivalentStringsHashAlike() {
    #expect(StringObject.hash(of: "K") == StringObject.hash(of: "\u{212A}"))
    #expect(StringObject.hash(of: "\u{E9}") == StringObject.hash(of: "e\u{301}"))
    #expect(StringObject.hash(of: "a") != StringObject.hash(of: "b"))
    #expect(StringObject.hash(of: "\u{212A}\u{E9}") == StringObject.hash(of: "K\u{E9}"))
  }
}
