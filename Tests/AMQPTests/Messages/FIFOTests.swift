import OrderTestKit
import Testing

@testable import AMQP

@Suite struct FIFOTests {
    @Test(arguments: 0..<20) func elementsLeaveInTheOrderInWhichTheyCame(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = FIFO<Int>()
        var model: [Int] = []
        for step in 0..<5_000 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1, 2:
                queue.append(step)
                model.append(step)
            case 3:
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            default:
                let limit = Int.random(in: -1...40, using: &generator)
                let expected = Array(model.prefix(max(0, limit)))
                #expect(queue.take(atMost: limit) == expected)
                model.removeFirst(expected.count)
            }
            #expect(queue.count == model.count && queue.first == model.first)
        }
        queue.removeAll { $0.isMultiple(of: 2) }
        #expect(queue.take(atMost: .max) == model.filter { !$0.isMultiple(of: 2) })
    }
}
