using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads sexes by the texts that the layout declares.</summary>
internal sealed class SexParser(BoundField field, byte quote)
    : NumberParser<int>(field, BatchColumn.Sex, quote, (int)Sex.Male, (int)Sex.Other)
{
    private readonly byte[] _byLetter = ByLetter(field.Field.Sexes);

    /// <inheritdoc/>
    public override void Parse(ParseContext context) => ParseNumbers(context);

    private protected override RejectReason WrongReason => RejectReason.Value;

    private protected override string Expected => $"one of {string.Join(", ", Field.Field.Sexes.Keys)}";

    private protected override int ReadUsual(FieldColumn fields, Span<int> values, Span<int> leftOver) =>
        FieldParsing.Categories(fields, _byLetter, values, leftOver);

    private protected override int ReadTyped(Column column, int from, Span<int> values, Span<int> leftOver)
    {
        for (int row = 0; row < values.Length; row++)
            leftOver[row] = row;
        return values.Length;
    }

    private protected override bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out int value)
    {
        bool known = Field.Field.Sexes.TryGetValue(Encoding.UTF8.GetString(text), out Sex sex);
        value = (int)sex;
        return known;
    }

    private static byte[] ByLetter(IReadOnlyDictionary<string, Sex> sexes)
    {
        byte[] table = new byte[256];
        foreach ((string text, Sex sex) in sexes)
            if (text is [var letter] && char.IsAscii(letter))
                foreach (char either in (ReadOnlySpan<char>)[letter, char.ToLowerInvariant(letter), char.ToUpperInvariant(letter)])
                    table[either] = (byte)sex;
        return table;
    }
}
