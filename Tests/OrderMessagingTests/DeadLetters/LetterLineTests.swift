import OrderMessaging
import Orders
import Testing

@Suite struct LetterLineTests {
    private static let everyByte = (0...255).map { UInt8($0) }
    private static let hostile = "\u{0}\n\r\"\\\u{202E}\u{2028}<script>\u{FEFF}é🙂"

    private func letter(body: [UInt8] = everyByte, text: String = hostile) -> ArrivedLetter {
        var properties = LetterProperties()
        properties.contentType = Self.everyByte
        properties.messageID = []
        properties.deliveryMode = 255
        properties.timestamp = .max
        let headers = [
            LetterHeader(name: [0xFF, 0x00, 0x0A], value: .bytes(Self.everyByte)),
            LetterHeader("same", .array([.void, .double(bits: 0x7FF8_0000_0000_0001), .table([])])),
            LetterHeader("same", .string([0xC0, 0x80])),
        ]
        let message = LetterMessage(body: body, properties: properties, headers: headers)
        let origin = LetterOrigin(exchange: text, routingKey: text, userID: text)
        let time = Timestamp(milliseconds: 1_766_785_510_123)
        return ArrivedLetter(
            id: LetterID(origin: origin, message: message, firstFailedAt: time),
            message: message,
            command: text,
            failure: LetterFailure(
                reason: .deliveryLimit,
                code: text,
                message: text,
                details: text,
                attempts: 7,
                firstFailedAt: time,
                lastFailedAt: Timestamp(milliseconds: time.milliseconds + 1),
                release: text
            ),
            origin: origin,
            caller: Caller(tenant: text, clientID: text, subject: nil, scopes: [text, ""]),
            topic: LetterTopic(customerID: text, orderID: OrderID(high: 1, low: .max), idempotencyKey: text),
            replay: .random()
        )
    }

    private func field(refusedIn line: String) -> String? {
        do {
            _ = try LetterLine.decode(Array(line.utf8))
            return nil
        } catch {
            return error.details.first?.field ?? error.code.rawValue
        }
    }

    @Test func aLetterComesBackAsItWas() throws {
        let original = letter()
        let line = LetterLine.encode(original)
        let back = try LetterLine.decode(line)
        #expect(back == original)
        #expect(LetterLine.encode(back) == line)
        #expect(!line.contains(UInt8(ascii: "\n")) && !line.contains(UInt8(ascii: "\r")))
    }

    @Test func aKeptLetterComesBackAsOneThatArrives() throws {
        let original = letter()
        let entry = LetterEntry(
            id: original.id,
            groupID: original.groupID,
            state: .kept,
            command: original.command,
            failure: original.failure,
            origin: original.origin,
            caller: original.caller,
            topic: original.topic,
            arrivedAt: original.failure.lastFailedAt,
            changedAt: original.failure.lastFailedAt,
            arrivals: 3,
            repeatFailures: 1,
            revision: 0,
            job: nil,
            bodyByteCount: original.message.bodyByteCount
        )
        let codec = NDJSONLetterCodec()
        let back = try codec.decode(codec.encode(KeptLetter(entry: entry, message: original.message)))
        #expect(back.id == original.id)
        #expect(back.message == original.message)
        #expect(back.failure == original.failure)
        #expect(back.caller == original.caller)
        #expect(back.topic == original.topic)
        #expect(back.replay == nil)
    }

    @Test(arguments: 0...65)
    func bodiesOfEveryLengthComeBackToTheByte(length: Int) throws {
        let body = (0..<length).map { _ in UInt8.random(in: .min ... .max) }
        #expect(try LetterLine.decode(LetterLine.encode(letter(body: body))).message.body == body)
    }

    @Test func aBodyOfFiveMegabytesComesBackToTheByte() throws {
        let body = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        #expect(try LetterLine.decode(LetterLine.encode(letter(body: body))).message.body == body)
    }

    @Test func whatIsNotKnownStaysUnknown() throws {
        let message = LetterMessage(body: [], bodyByteCount: 5_000_000)
        let origin = LetterOrigin(exchange: "", routingKey: "", userID: nil)
        let bare = ArrivedLetter(
            id: LetterID(origin: origin, message: message, firstFailedAt: .unknown),
            message: message,
            command: "",
            failure: LetterFailure(
                reason: .unknown,
                code: "",
                message: "",
                firstFailedAt: .unknown,
                lastFailedAt: .unknown
            ),
            origin: origin,
            caller: nil,
            topic: LetterTopic()
        )
        #expect(try LetterLine.decode(LetterLine.encode(bare)) == bare)
    }

    @Test func aPersonCanReadWhatItIs() {
        let line = String(decoding: LetterLine.encode(letter(body: Array("{}".utf8), text: "word")), as: UTF8.self)
        #expect(line.contains(#""reason":"delivery-limit","code":"word","message":"word""#))
        #expect(line.contains(#""firstFailureAt":"2025-12-26T21:45:10.123Z""#))
        #expect(line.contains(#""caller":{"tenant":"word","clientId":"word","subject":null,"scopes":["word",""]}"#))
        #expect(line.hasSuffix(#""body":"e30="}"#))
    }

    private static let least = """
        {"exchange":"e","routingKey":"r","command":"c","code":"X","head":"HEAD","body":"","state":{"a":[1]}}
        """

    @Test func onlyTheMessageAndItsNamesMustBeThere() throws {
        var line = Self.least
        let whole = String(decoding: LetterLine.encode(letter()), as: UTF8.self)
        let head = try #require(whole.split(separator: #""head":""#).last?.split(separator: "\"").first)
        line = line.replacing("HEAD", with: head)
        let letter = try LetterLine.decode(Array(line.utf8))
        #expect(letter.failure.attempts == 1)
        #expect(letter.failure.reason == .unknown)
        #expect(letter.failure.lastFailedAt == .unknown)
        #expect(letter.message.headers == self.letter().message.headers)
        for name in ["exchange", "routingKey", "command", "code", "head", "body"] {
            #expect(field(refusedIn: line.replacing("\"\(name)\"", with: "\"other\"")) == name)
        }
        let wrong = [
            ("id", "\"dl_\""), ("reason", "\"whim\""), ("attempts", "1.5"), ("lastFailureAt", "\"2025-02-30\""),
            ("bodyBytes", "-1"), ("caller", "[]"), ("orderId", "\"1\""), ("release", "1"), ("replay", "\"x\""),
        ]
        for (name, value) in wrong {
            #expect(field(refusedIn: line.replacing("\"state\":{\"a\":[1]}", with: "\"\(name)\":\(value)")) == name)
        }
        let spellings = ["A", "AA", "AAA", "AA=A", "A===", "AB==", "AAB=", "-_-_", "AA==AA==", " AAA"]
        for body in spellings {
            let spelt = line.replacing("\"body\":\"\"", with: "\"body\":\"\(body)\"")
            #expect(field(refusedIn: spelt) == "body", "\(body)")
        }
    }

    @Test func whatIsNoLineIsRefused() {
        for line in ["", "null", "[]", "{", "{}{}", "\u{FEFF}{}"] {
            #expect(field(refusedIn: line) == "MALFORMED_MESSAGE", "\(line)")
        }
        #expect(field(refusedIn: Self.least) == "head")
    }
}
