using System.Globalization;
using RegisterEngine.Regression;

namespace RegisterEngine.Tests.Regression;

/// <summary>The person-years of <c>synth.csv</c>, or those of a sample.</summary>
public sealed class Synth
{
    private static readonly Lazy<Synth> LazyAll = new(Load);

    private readonly string[] _header;
    private readonly string[][] _rows;

    private Synth(string[] header, string[][] rows)
    {
        _header = header;
        _rows = rows;
    }

    public static Synth All => LazyAll.Value;

    public static IReadOnlyList<string> Outcomes { get; } = ["turnover_total", "turnover_workplace", "turnover_municipality"];

    public int Count => _rows.Length;

    /// <summary>The sample of a name in <c>golden.json</c>.</summary>
    public static Synth Sample(string name)
    {
        int treat = All.Place("treat"), control = All.Place("control"), occupation = All.Place("occupation"), workplace = All.Place("workplace");
        return name switch
        {
            "all" => All,
            "treated" => All.Where(row => row[treat] == "1"),
            "did" => All.Where(row => row[treat] == "1" || row[control] == "1"),
            "treated_nurse" => All.Where(row => row[treat] == "1" && row[occupation] == "sykepleier"),
            "did_nurse" => All.Where(row => (row[treat] == "1" || row[control] == "1") && row[occupation] == "sykepleier"),
            _ when name.StartsWith("workplace_", StringComparison.Ordinal) => All.Where(row => row[workplace] == name["workplace_".Length..]),
            _ => throw new ArgumentException(name),
        };
    }

    public Synth Where(Func<string[], bool> within) => new(_header, [.. _rows.Where(within)]);

    public Synth Where(string column, Func<string, bool> within) => Where(row => within(row[Place(column)]));

    public string[] Texts(string column) => [.. _rows.Select(row => row[Place(column)])];

    public double[] Numbers(string column) =>
        [.. Texts(column).Select(text => text.Length == 0 || text == "NA" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture))];

    public Variable Variable(string column) => new(column, Numbers(column));

    public Grouping Grouping(string column)
    {
        string[] texts = Texts(column);
        var codes = texts.Distinct().Order(StringComparer.Ordinal).Select((text, code) => (text, code)).ToDictionary(pair => pair.text, pair => pair.code);
        return new Grouping(column, [.. texts.Select(text => codes[text])], codes.Count);
    }

    private int Place(string column) => Array.IndexOf(_header, column);

    private static Synth Load()
    {
        string[] lines = File.ReadAllLines(Reference.PathOf("synth.csv"));
        return new Synth(lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(','))]);
    }
}
