using RegisterEngine.Columns;
using RegisterEngine.Panel;

namespace RegisterEngine.Publication.Tables;

/// <summary>The texts of a panel, in their order: dictionaries for its columns. May be used from any thread.</summary>
public sealed class PanelTexts
{
    private readonly Dictionary<string, DictionaryValues> _values = [];

    /// <summary>Texts of the units and jobs of a panel.</summary>
    public PanelTexts(PanelCodes codes)
    {
        UnitRanks = [.. RegisterColumns.OfUnit.Select(column => Ranks(codes, column))];
        JobRanks = [.. RegisterColumns.OfJob.Select(column => Ranks(codes, column))];
        foreach (RegisterColumn column in RegisterColumns.OfUnit.Concat(RegisterColumns.OfJob))
        {
            CodeBook book = codes.Books[column];
            _values[RegisterColumns.NameOf(column)] = Values([.. book.Order().Select(book.Text)]);
        }
    }

    /// <summary>For each column of units, the place of the text of each unit among all; -1 where it has none.</summary>
    public IReadOnlyList<int[]> UnitRanks { get; }

    /// <summary>For each column of jobs, the place of the text of each job among all; -1 where it has none.</summary>
    public IReadOnlyList<int[]> JobRanks { get; }

    /// <summary>The texts of a column.</summary>
    public DictionaryValues ValuesOf(string column) => _values[column];

    /// <summary>Distinct texts as a dictionary.</summary>
    public static DictionaryValues Values(IReadOnlyList<string> texts)
    {
        var column = new Column(new Field("", ColumnType.Utf8), texts.Count);
        int end = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            byte[] text = System.Text.Encoding.UTF8.GetBytes(texts[i]);
            column.ReserveData(end + text.Length);
            text.CopyTo(column.Data.Span[end..]);
            column.As<int>()[i + 1] = end += text.Length;
        }
        return new DictionaryValues(column, texts.Count) { AreDistinct = true };
    }

    private static int[] Ranks(PanelCodes codes, RegisterColumn column)
    {
        int[] ranks = codes.Books[column].Ranks();
        return [.. codes.Books.CodesOf(column).Select(code => code == CodeBook.Missing ? -1 : ranks[code])];
    }
}
