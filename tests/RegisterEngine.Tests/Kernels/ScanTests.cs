using System.Text;
using FsCheck.Xunit;
using RegisterEngine.Kernels;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Kernels;

public sealed class ScanTests
{
    private static readonly Separators Separators = new((byte)';', (byte)'\n');

    [Fact]
    public void FieldEndsAreThoseOfTheTwinForEveryLength()
    {
        var random = new Random(20_260_101);
        for (int length = 0; length <= 256; length++)
            for (int fields = 1; fields <= 4; fields++)
            {
                byte[] text = RandomText(random, length, "ab;;\n");
                AssertSame(text, fields, quoted: false, random.Next(70));
                AssertSame(Sound(random, length, fields, "abc"), fields, quoted: false, random.Next(70));
            }
    }

    [Fact]
    public void QuotedFieldEndsAreThoseOfTheTwinForEveryLength()
    {
        var random = new Random(20_260_102);
        for (int length = 0; length <= 256; length++)
            for (int fields = 1; fields <= 3; fields++)
            {
                AssertSame(RandomText(random, length, "a;\n\"\""), fields, quoted: true, random.Next(70));
                AssertSame(Sound(random, length, fields, "a\"\";\n"), fields, quoted: true, random.Next(70));
            }
    }

    [Property(MaxTest = 2000)]
    public void LineEndsOutsideQuotesAreThoseOfSteppingThrough(int seed)
    {
        var random = new Random(seed);
        byte[] text = RandomText(random, random.Next(400), random.Next(2) == 0 ? "aaaa;\n\"" : "\";\n");
        byte[] padded = new byte[text.Length + 64];
        text.CopyTo(padded, 0);
        var state = QuoteState.FieldStart;
        List<int> ends = [.. Enumerable.Range(0, text.Length).Where(at => state.Step(text[at], Separators, (byte)'"') && text[at] == (byte)'\n')];

        Assert.Equal((ends.Count > 0 ? ends[^1] : -1, state == QuoteState.Inside), QuotedScan.LastLineEnd(padded, 0, text.Length, Separators, (byte)'"'));
        Assert.Equal(ends.Count > 0 ? ends[0] : -1, QuotedScan.FirstLineEnd(padded, 0, text.Length, Separators, (byte)'"'));
    }

    [Theory]
    [InlineData("a;b\n", "a|b")]
    [InlineData("\"a;b\";c\n", "\"a;b\"|c")]
    [InlineData("\"a\nb\";c\n", "\"a\nb\"|c")]
    [InlineData("\"a\"\"b\";c\n", "\"a\"\"b\"|c")]
    [InlineData("\"\";c\n", "\"\"|c")]
    [InlineData("5\" pipe;c\n", "5\" pipe|c")]
    [InlineData("\"a\"b;c\n", "\"a\"b|c")]
    [InlineData("\"\"\"\";c\n", "\"\"\"\"|c")]
    [InlineData(";\n", "|")]
    public void QuotesFollowTheirRules(string text, string fields)
    {
        byte[] padded = new byte[text.Length + 64];
        Encoding.ASCII.GetBytes(text, padded);
        int[] ends = new int[2 + StructuralScan.Slack];

        ScanResult found = QuotedScan.Find(padded, 0, text.Length, Separators, (byte)'"', 2, ends);

        Assert.Equal(new ScanResult(1, WrongWidth: false), found);
        Assert.Equal(fields, $"{text[..ends[0]]}|{text[(ends[0] + 1)..ends[1]]}");
    }

    private static void AssertSame(byte[] text, int fields, bool quoted, int from)
    {
        const int rows = 9;
        using var memory = new GuardedMemory(from + text.Length + 64);
        Span<byte> padded = memory.Span;
        padded.Fill((byte)';');
        text.CopyTo(padded[from..]);
        int to = from + text.Length;
        int[] ends = new int[(rows * fields) + StructuralScan.Slack];
        int[] expectedEnds = new int[ends.Length];

        ScanResult expected = quoted
            ? QuotedScan.FindScalar(padded, from, to, Separators, (byte)'"', fields, expectedEnds)
            : StructuralScan.FindScalar(padded, from, to, Separators, fields, expectedEnds);
        ScanResult found = quoted
            ? QuotedScan.Find(padded, from, to, Separators, (byte)'"', fields, ends)
            : StructuralScan.Find(padded, from, to, Separators, fields, ends);

        Assert.Equal(expected, found);
        Assert.Equal(expectedEnds[..(found.Rows * fields)], ends[..(found.Rows * fields)]);
    }

    private static byte[] RandomText(Random random, int length, string alphabet) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)alphabet[random.Next(alphabet.Length)])];

    // Rows with the right number of fields, some of them quoted.
    private static byte[] Sound(Random random, int length, int fields, string alphabet)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            for (int i = 0; i < fields; i++)
            {
                string inside = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
                bool quote = alphabet.Contains('"') && random.Next(2) == 0;
                text.Append(quote ? $"\"{inside.Replace("\"", "\"\"")}\"" : inside.Replace("\"", "").Replace(";", "").Replace("\n", ""));
                text.Append(i == fields - 1 ? '\n' : ';');
            }
        }
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    [Fact]
    public void A_zero_or_a_quote_is_seen_wherever_it_stands()
    {
        for (int length = 0; length <= 300; length++)
        {
            byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)(1 + (i % 255))).Select(value => value == (byte)'"' ? (byte)'!' : value)];
            Assert.False(ByteScan.HasZeroOr(text, (byte)'"'));
            Assert.False(ByteScan.HasZeroOrScalar(text, (byte)'"'));
            foreach (byte special in (byte[])[0, (byte)'"'])
            {
                for (int at = 0; at < length; at++)
                {
                    byte kept = text[at];
                    text[at] = special;
                    Assert.True(ByteScan.HasZeroOr(text, (byte)'"'));
                    Assert.True(ByteScan.HasZeroOrScalar(text, (byte)'"'));
                    Assert.Equal(special == 0, ByteScan.HasZeroOr(text, 0));
                    text[at] = kept;
                }
            }
        }
    }
}
