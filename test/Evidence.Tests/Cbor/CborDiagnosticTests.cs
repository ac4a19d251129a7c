using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Tests.Cbor;

public sealed class CborDiagnosticTests
{
    [Fact]
    public void Every_kind_is_printed_in_the_notation_of_the_rfc() => Assert.Equal(
        "{1: [null, true, -5, h'00ff'], \"封\": \"a\\\"b\"}",
        CborDiagnostic.Format(CborValue.Map(new KeyValuePair<CborValue, CborValue>[]
        {
            new(CborValue.Text("封"), CborValue.Text("a\"b")),
            new(CborValue.Integer(1), CborValue.Array(CborValue.Null, CborValue.Boolean(true), CborValue.Integer(-5), CborValue.Bytes([0, 255]))),
        })));

    [Fact]
    public void Direction_marks_that_would_turn_the_text_around_are_escaped() =>
        Assert.Equal("\"a\\u202eb\\n\"", CborDiagnostic.Quote("a\u202eb\n"));
}
