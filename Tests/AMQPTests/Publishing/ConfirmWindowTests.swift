import OrderTestKit
import Testing

@testable import AMQP

@Suite struct ConfirmWindowTests {
    private func window(_ count: Int, capacity: Int = 100) -> ConfirmWindow<Int> {
        var window = ConfirmWindow<Int>(capacity: capacity)
        for ticket in 1...count { #expect(window.append(ticket) == UInt64(ticket)) }
        return window
    }

    private func settled(_ window: inout ConfirmWindow<Int>, _ number: UInt64, multiple: Bool) -> [Int] {
        var settled: [Int] = []
        #expect(window.settle(number, multiple: multiple) { settled.append($0) })
        return settled
    }

    @Test func aMultipleConfirmSettlesAllUpToItsNumberInOrder() {
        var window = window(5)
        #expect(settled(&window, 3, multiple: true) == [1, 2, 3])
        #expect(window.unconfirmedCount == 2)
        #expect(settled(&window, 0, multiple: true) == [4, 5])
        #expect(window.isEmpty)
    }

    @Test func confirmsMayComeOutOfOrderAndTwice() {
        var window = window(4)
        #expect(settled(&window, 3, multiple: false) == [3])
        #expect(settled(&window, 3, multiple: false) == [])
        #expect(settled(&window, 1, multiple: false) == [1])
        #expect(settled(&window, 4, multiple: true) == [2, 4])
        #expect(settled(&window, 2, multiple: true) == [])
    }

    @Test func aNumberThatWasNeverPublishedIsRefused() {
        var window = window(2)
        for (number, multiple) in [(3, false), (3, true), (UInt64.max, true), (0, false)] as [(UInt64, Bool)] {
            let isKnown = window.settle(number, multiple: multiple) { _ in Issue.record("settled something") }
            #expect(!isKnown)
        }
        #expect(window.unconfirmedCount == 2)
    }

    @Test func roomIsTheSpanFromTheOldestUnconfirmed() {
        var window = window(3, capacity: 3)
        #expect(window.room == 0)
        _ = settled(&window, 2, multiple: false)
        #expect(window.room == 0)
        _ = settled(&window, 1, multiple: false)
        #expect(window.room == 2)
    }

    @Test func aSearchGoesOnFromItsStartAndThenFromTheFront() {
        var window = window(6)
        _ = settled(&window, 4, multiple: false)
        #expect(window.firstUnconfirmed(from: 3) { $0.isMultiple(of: 2) }?.number == 6)
        #expect(window.firstUnconfirmed(from: 6) { $0 < 3 }?.number == 1)
        #expect(window.firstUnconfirmed(from: 1_000) { $0 == 5 }?.ticket == 5)
        #expect(window.firstUnconfirmed(from: 0) { $0 == 4 } == nil)
    }

    @Test func aResetGivesUpTheUnconfirmedAndNumbersAnew() {
        var window = window(4)
        _ = settled(&window, 2, multiple: false)
        var lost: [Int] = []
        window.reset { lost.append($0) }
        #expect(lost == [1, 3, 4])
        #expect(window.append(9) == 1)
    }

    /// Random publishes and confirms, against a set of numbers that does the same the slow way.
    @Test(arguments: 0..<200) func anyHistorySettlesEachPublishExactlyOnce(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var window = ConfirmWindow<UInt64>(capacity: 16)
        var model: Set<UInt64> = []
        var last: UInt64 = 0
        for _ in 0..<300 {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1:
                guard window.room > 0 else { continue }
                last = window.append(last + 1)
                model.insert(last)
            default:
                let number = UInt64.random(in: 0...(last + 2), using: &generator)
                let multiple = Bool.random(using: &generator)
                var got: [UInt64] = []
                let isKnown = window.settle(number, multiple: multiple) { got.append($0) }
                #expect(isKnown == (number <= last && (number > 0 || multiple)))
                let expected = isKnown ? model.filter { multiple ? number == 0 || $0 <= number : $0 == number } : []
                #expect(got == expected.sorted())
                model.subtract(expected)
            }
            #expect(window.unconfirmedCount == model.count)
            #expect(window.room == 16 - (model.min().map { Int(last - $0) + 1 } ?? 0))
        }
        var rest: [UInt64] = []
        window.reset { rest.append($0) }
        #expect(rest == model.sorted())
    }
}
