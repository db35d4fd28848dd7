using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Tells the value of each person-year in one dimension, as a place in the ordered list of values.</summary>
internal abstract class DimensionReader
{
    /// <summary>Names of the values, in order; the empty text is an unknown one.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Writes the value of each row.</summary>
    public abstract void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values);

    /// <summary>The reader of a dimension.</summary>
    public static DimensionReader Of(Dimension dimension, PanelCodes codes, Coverage coverage, AgeGroups ages) => dimension switch
    {
        Dimension.Year => new YearReader(coverage),
        Dimension.NewHire => new NewHireReader(),
        Dimension.Sex => new SexReader(),
        Dimension.AgeGroup => new AgeGroupReader(ages),
        Dimension.Workplace => new UnitReader(codes, RegisterColumn.Workplace),
        Dimension.Municipality => new UnitReader(codes, RegisterColumn.Municipality),
        Dimension.County => new UnitReader(codes, RegisterColumn.Municipality, CountyOf),
        Dimension.PositionCode => new JobReader(codes, RegisterColumn.PositionCode),
        Dimension.ServiceArea => new JobReader(codes, RegisterColumn.ServiceArea),
        Dimension.EmploymentForm => new JobReader(codes, RegisterColumn.EmploymentForm),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    private static string CountyOf(string municipality) => municipality.Length > 2 ? municipality[..2] : municipality;
}

/// <summary>The years that have rows.</summary>
internal sealed class YearReader(Coverage coverage) : DimensionReader
{
    public override IReadOnlyList<string> Labels { get; } = Arrays.Make(coverage.Years, year => $"{year}");

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        for (int i = 0; i < rows.Length; i++)
            values[i] = (uint)coverage.PlaceOf(rows[i].YearIndex);
    }
}

/// <summary>New hires, others, unknown.</summary>
internal sealed class NewHireReader : DimensionReader
{
    public override IReadOnlyList<string> Labels { get; } = ["", "no", "yes"];

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        for (int i = 0; i < rows.Length; i++)
            values[i] = (uint)rows[i].NewHire;
    }
}

/// <summary>Sexes.</summary>
internal sealed class SexReader : DimensionReader
{
    public override IReadOnlyList<string> Labels { get; } = ["", "male", "female", "other"];

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        for (int i = 0; i < rows.Length; i++)
            values[i] = (uint)rows[i].Sex;
    }
}

/// <summary>Groups of ages: year less year of birth.</summary>
internal sealed class AgeGroupReader : DimensionReader
{
    // By PanelRow.AgeIndex.
    private readonly ushort[] _groups = new ushort[PanelRow.AgeCount];

    public AgeGroupReader(AgeGroups ages)
    {
        Labels = [.. Arrays.Make(ages.Starts.Count, ages.Label), ""];
        int[] groupOfAge = Arrays.Make(PanelRow.OldestAge + 1, ages.GroupOf);
        for (int i = 0; i < _groups.Length; i++)
            _groups[i] = (ushort)(PanelRow.AgeAt(i) is { } age ? groupOfAge[age] : ages.Starts.Count);
    }

    public override IReadOnlyList<string> Labels { get; }

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        ReadOnlySpan<ushort> groups = _groups;
        for (int i = 0; i < rows.Length; i++)
            values[i] = groups[rows[i].AgeIndex];
    }
}

/// <summary>Texts of the unit: workplace, municipality, or something made of them.</summary>
internal sealed class UnitReader(PanelCodes codes, RegisterColumn column, Func<string, string>? made = null) : DimensionReader
{
    private readonly OrderedTexts _texts = new(codes, column, made);

    public override IReadOnlyList<string> Labels => _texts.Labels;

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        int[] places = _texts.Places;
        for (int i = 0; i < rows.Length; i++)
            values[i] = (uint)places[rows[i].Unit];
    }
}

/// <summary>Texts of the job: position code, service area, form of employment.</summary>
internal sealed class JobReader(PanelCodes codes, RegisterColumn column) : DimensionReader
{
    private readonly OrderedTexts _texts = new(codes, column, null);

    public override IReadOnlyList<string> Labels => _texts.Labels;

    public override void Read(ReadOnlySpan<PanelRow> rows, Span<uint> values)
    {
        int[] places = _texts.Places;
        for (int i = 0; i < rows.Length; i++)
            values[i] = (uint)places[rows[i].Job];
    }
}

/// <summary>For each unit or job, the place of its text among all texts of a column in ordinal order; a missing text comes last.</summary>
internal sealed class OrderedTexts
{
    public OrderedTexts(PanelCodes codes, RegisterColumn column, Func<string, string>? made)
    {
        CodeBook book = codes.Books[column];
        int[] order = codes.OrderOf(column);
        int[] placeOfRank = new int[order.Length];
        var labels = new List<string>(order.Length + 1);
        for (int rank = 0; rank < order.Length; rank++)
        {
            // What is made of texts keeps their order, since it begins alike: equal ones follow each other.
            string text = book.Text(order[rank]);
            string label = made is null ? text : made(text);
            if (rank == 0 || label != labels[^1])
                labels.Add(label);
            placeOfRank[rank] = labels.Count - 1;
        }
        Places = Array.ConvertAll(codes.RanksOf(column), rank => rank == PanelCodes.MissingRank ? labels.Count : placeOfRank[rank]);
        labels.Add("");
        Labels = labels;
    }

    /// <summary>By unit or job.</summary>
    public int[] Places { get; }

    /// <summary>Names of the places.</summary>
    public IReadOnlyList<string> Labels { get; }
}
