using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Synthetic;

/// <summary>Which traps are in which file.</summary>
internal sealed class TrapPlan
{
    private const int Purpose = 30;
    private const int GapRowsOneIn = 20;

    // Counties whose codes never changed: there a gap is a gap whatever other traps there are.
    private const string EmptyCounty = "11";
    private const string ThinCounty = "15";

    private static readonly byte[] Delimiters = ";,\t|"u8.ToArray();

    private readonly SyntheticOptions _options;
    private readonly MunicipalSector _sector;
    private readonly int _empty;
    private readonly int _thin;

    public TrapPlan(MunicipalSector sector, SyntheticOptions options)
    {
        _sector = sector;
        _options = options;
        _empty = SecondLargestOf(EmptyCounty);
        _thin = SecondLargestOf(ThinCounty);
    }

    private int YearCount => _options.Years.To - _options.Years.From + 1;

    // A gap has years on both sides.
    private int EmptyYear => _options.Years.From + ((YearCount - 1) / 2);

    private int ThinYear => Math.Min(EmptyYear + 1, _options.Years.To - 1);

    /// <summary>Whether a trap is set.</summary>
    public bool Has(Traps trap) => _options.Traps.HasFlag(trap);

    /// <summary>How the file of a year is written.</summary>
    public Dialect DialectOf(int year, ExtractFormat format)
    {
        int i = year - _options.Years.From;
        Dialect clean = Dialect.Clean(format);
        bool isDelimited = format == ExtractFormat.Delimited;
        bool isSpelt = Has(Traps.Encodings);
        return clean with
        {
            Columns = Has(Traps.Columns) && isDelimited ? Shuffled(clean.Columns, year) : clean.Columns,
            Delimiter = Has(Traps.Delimiters) ? Delimiters[i % Delimiters.Length] : clean.Delimiter,
            DecimalSign = Has(Traps.DecimalPoint) && i % 2 == 1 ? (byte)'.' : clean.DecimalSign,
            Encoding = isSpelt && isDelimited && i % 3 == 1 ? TextEncoding.Windows1252 : clean.Encoding,
            HasByteOrderMark = isSpelt && isDelimited && i % 3 == 2,
            LineEnd = Has(Traps.LineEnds) && i % 5 is 1 or 3 or 4 ? "\r\n" : clean.LineEnd,
            EndsLastLine = !Has(Traps.NoLastLineEnd),
            HasTrailingBlanks = Has(Traps.TrailingBlanks) && isDelimited && i % 2 == 0,
            LosesZeros = Has(Traps.LostZeros),
            HasQuotedNames = Has(Traps.Quotes) && isDelimited,
        };
    }

    /// <summary>How many of the rows of a municipality are delivered in a year.</summary>
    public int Delivered(int municipality, int year, int rows)
    {
        if (!Has(Traps.Gaps) || YearCount < 3)
            return rows;
        if (year == EmptyYear && municipality == _empty)
            return 0;
        return year == ThinYear && municipality == _thin ? rows / GapRowsOneIn : rows;
    }

    /// <summary>The gaps.</summary>
    public List<GapTruth> Gaps(IReadOnlyList<RegisterYear> years, UnitTexts units)
    {
        var gaps = new List<GapTruth>();
        foreach (RegisterYear year in years)
        {
            foreach (int municipality in (int[])[_empty, _thin])
            {
                int rows = 0;
                foreach (Employment job in year.Employments)
                    rows += _sector.MunicipalityOfWorkplace[job.Workplace] == municipality ? 1 : 0;
                int delivered = Delivered(municipality, year.Year, rows);
                if (delivered < rows)
                    gaps.Add(new GapTruth(units.Municipality(_sector.WorkplacesIn(municipality).Start.Value, year.Year), year.Year, delivered));
            }
        }
        return gaps;
    }

    // Another order by year, names that the layout knows too, and columns that it does not know.
    private List<FileColumn> Shuffled(IReadOnlyList<FileColumn> columns, int year)
    {
        Layout layout = LayoutLibrary.BuiltIn.First(layout => layout.Name == "generic-delimited");
        var random = SplitMix64.For(_options.Seed, Purpose, year);
        FileColumn[] all =
        [
            .. columns.Select(column => column with { Name = NameOf(layout.FieldOf(column.Column!.Value)!, year) }),
            new(null, "filversjon", "2.1"),
            new(null, "merknad"),
            new(null, "lonnssystem", "Lønn og personal"),
        ];
        random.Shuffle(all.AsSpan());
        return [.. all];
    }

    private static string NameOf(LayoutField field, int year)
    {
        string[] names = [field.Name, .. field.Aliases];
        return names[year % names.Length];
    }

    private int SecondLargestOf(string county) =>
        _sector.Municipalities.Index().Where(m => m.Item.Code.StartsWith(county, StringComparison.Ordinal)).OrderByDescending(m => m.Item.Seats).ElementAt(1).Index;
}
