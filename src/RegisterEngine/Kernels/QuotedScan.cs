using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>
/// Finds where fields and records end in text that has quotes. A quote at the start of a field opens it; inside, two quotes stand for one, a single one
/// closes it; delimiters and line ends inside are text. A quote anywhere else is text too.
/// </summary>
internal static class QuotedScan
{
    /// <summary>As <see cref="StructuralScan.Find"/>, for text with quotes; <paramref name="from"/> must be the start of a record.</summary>
    public static ScanResult Find(
        ReadOnlySpan<byte> text, int from, int to, Separators separators, byte quote, int fields, Span<int> ends)
    {
        int capacity = (ends.Length - StructuralScan.Slack) / fields;
        int row = 0;
        int field = 0;
        var state = QuoteState.FieldStart;
        for (int at = from; at < to && row < capacity; at += ByteBlock.Size)
        {
            Outside outside = Block(text, at, to, separators, quote, ref state);
            for (ulong bits = outside.All; bits != 0; bits &= bits - 1)
            {
                bool line = (outside.Lines & bits & (0 - bits)) != 0;
                if (line != (field == fields - 1))
                    return new ScanResult(row, WrongWidth: true);
                ends[(row * fields) + field] = at + BitOperations.TrailingZeroCount(bits);
                field = line ? 0 : field + 1;
                row += line ? 1 : 0;
                if (row == capacity)
                    break;
            }
        }
        return new ScanResult(row, WrongWidth: false);
    }

    /// <summary>The specification of <see cref="Find"/>, a byte at a time.</summary>
    public static ScanResult FindScalar(
        ReadOnlySpan<byte> text, int from, int to, Separators separators, byte quote, int fields, Span<int> ends)
    {
        int capacity = (ends.Length - StructuralScan.Slack) / fields;
        int row = 0;
        int field = 0;
        var state = QuoteState.FieldStart;
        for (int at = from; at < to && row < capacity; at++)
        {
            if (!state.Step(text[at], separators, quote))
                continue;
            bool line = text[at] == separators.Newline;
            if (line != (field == fields - 1))
                return new ScanResult(row, WrongWidth: true);
            ends[(row * fields) + field] = at;
            field = line ? 0 : field + 1;
            row += line ? 1 : 0;
        }
        return new ScanResult(row, WrongWidth: false);
    }

    /// <summary>The last line end outside quotes, or -1; and whether the text ends inside a quoted field. The text starts with a record.</summary>
    public static (int At, bool EndsInside) LastLineEnd(ReadOnlySpan<byte> text, int from, int to, Separators separators, byte quote)
    {
        int last = -1;
        var state = QuoteState.FieldStart;
        for (int at = from; at < to; at += ByteBlock.Size)
        {
            Outside outside = Block(text, at, to, separators, quote, ref state);
            if (outside.Lines != 0)
                last = at + 63 - BitOperations.LeadingZeroCount(outside.Lines);
        }
        return (last, state == QuoteState.Inside);
    }

    /// <summary>The first line end outside quotes, or -1. The text starts with a record.</summary>
    public static int FirstLineEnd(ReadOnlySpan<byte> text, int from, int to, Separators separators, byte quote)
    {
        var state = QuoteState.FieldStart;
        for (int at = from; at < to; at += ByteBlock.Size)
        {
            Outside outside = Block(text, at, to, separators, quote, ref state);
            if (outside.Lines != 0)
                return at + BitOperations.TrailingZeroCount(outside.Lines);
        }
        return -1;
    }

    // Sixty-four bytes: the running parity of quotes tells what is inside, as long as every quote that opens a field stands at its start (or follows a
    // closing one, which makes the two a quote that is text). Where one does not, the bytes are stepped through.
    private static Outside Block(ReadOnlySpan<byte> text, int at, int to, Separators separators, byte quote, ref QuoteState state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, text.Length - ByteBlock.Size);
        int count = Math.Min(ByteBlock.Size, to - at);
        ulong valid = count == 64 ? ulong.MaxValue : (1UL << count) - 1;
        ByteBlock bytes = ByteBlock.Load(text, at);
        ulong quotes = bytes.Find(Vector256.Create(quote)) & valid;
        ulong lines = bytes.Find(Vector256.Create(separators.Newline)) & valid;
        ulong all = (bytes.Find(Vector256.Create(separators.Delimiter)) & valid) | lines;
        ulong inside = PrefixXor(quotes) ^ (state == QuoteState.Inside ? ulong.MaxValue : 0);
        ulong outside = all & ~inside;
        ulong mayOpen = ((outside | quotes) << 1) | (state is QuoteState.FieldStart or QuoteState.QuoteInside ? 1UL : 0);
        if ((quotes & inside & ~mayOpen) == 0)
        {
            ulong last = 1UL << (count - 1);
            state = (inside & last) != 0 ? QuoteState.Inside
                : (outside & last) != 0 ? QuoteState.FieldStart
                : (quotes & last) != 0 ? QuoteState.QuoteInside
                : QuoteState.Text;
            return new Outside(outside, lines & ~inside);
        }
        return Stepped(text.Slice(at, count), separators, quote, ref state);
    }

    private static Outside Stepped(ReadOnlySpan<byte> text, Separators separators, byte quote, ref QuoteState state)
    {
        ulong all = 0, lines = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!state.Step(text[i], separators, quote))
                continue;
            all |= 1UL << i;
            if (text[i] == separators.Newline)
                lines |= 1UL << i;
        }
        return new Outside(all, lines);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    private readonly record struct Outside(ulong All, ulong Lines);
}
