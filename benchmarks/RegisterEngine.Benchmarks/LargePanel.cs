using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Regression.Designs;

namespace RegisterEngine.Benchmarks;

/// <summary>A panel in memory: 5 million person-years at 60,000 workplaces over ten years, in no order. At every fortieth workplace sector exits fall by three points from 2019 on.</summary>
public sealed class LargePanel
{
    public const int FirstYear = 2014;
    public const int Years = 10;
    public const int Start = 2019;
    public const int TreatedEach = 40;
    public const double Effect = -0.03;

    private const int Workplaces = 60_000;
    private const int Municipalities = 350;
    private const double NewHireShare = 0.038;

    // Of a workplace of the programme; the others have 6 on average.
    private const double LargeSize = 200;

    private readonly RegisterBooks _books = new();
    private readonly DeliveryCounts _deliveries = new();
    private readonly PanelRow[] _rows;

    // A panel in memory has them.
    private readonly PanelCodes _codes;
    private readonly Coverage _coverage;

    public LargePanel(int rows)
    {
        var random = new Random(42);
        ColumnBatch batch = RegisterBatch.Create(_books, 1);
        batch.SetRows(1);
        int[] jobs = [.. ((string[])["7174", "7076", "6572", "7962", "7637"]).Select(code =>
            _books.Jobs.Code([_books[RegisterColumn.PositionCode].Code(code), CodeBook.Missing, CodeBook.Missing, CodeBook.Missing]))];
        HashSet<string> programme = [.. Programme.All.Select(treatment => treatment.Workplace)];
        double[] size = [.. Enumerable.Range(0, Workplaces).Select(workplace => programme.Contains(IdOf(workplace)) ? LargeSize : Math.Exp(random.NextDouble() * 3))];
        double perSize = (double)rows / size.Sum() / Years;
        var all = new List<PanelRow>(rows + Workplaces);
        for (int workplace = 0; workplace < Workplaces; workplace++)
        {
            int unit = _books.Units.Code(
                [_books[RegisterColumn.Municipality].Code($"{1000 + (workplace % Municipalities)}"), _books[RegisterColumn.Workplace].Code(IdOf(workplace)), CodeBook.Missing]);
            double pull = 0.05 * random.NextDouble();
            for (int year = FirstYear; year < FirstYear + Years; year++)
            {
                int count = (int)((perSize * size[workplace]) + random.NextDouble());
                double exit = 0.1 + pull + (workplace % TreatedEach == 0 && year >= Start ? Effect : 0);
                for (int i = 0; i < count; i++)
                    all.Add(Row(random, all.Count, unit, jobs[random.Next(jobs.Length)], year, exit));
            }
        }
        _rows = [.. all];
        random.Shuffle(_rows);
        for (int year = FirstYear; year < FirstYear + Years; year++)
        {
            batch.Numbers(BatchColumn.Unit)[0] = 0;
            batch.Numbers(BatchColumn.Year)[0] = year;
            _deliveries.Add(batch);
        }
        _codes = new PanelCodes(_books, new Universe());
        _coverage = new Coverage(_books, _deliveries, new CoverageOptions());
    }

    public long Count => _rows.Length;

    public static string IdOf(int workplace) => $"{900_000_000 + workplace}";

    public static bool IsTreated(string workplace) => int.Parse(workplace, System.Globalization.CultureInfo.InvariantCulture) % TreatedEach == 0;

    /// <summary>Twelve workplaces in seven municipalities; one begins a year early.</summary>
    public static Treatments Programme { get; } = new(
        [.. Enumerable.Range(0, 12).Select(i => new Regression.Designs.Treatment(IdOf((i % 7) + (Municipalities * (i + 1))), i == 3 ? 2021 : 2022, $"workplace {i}", null, null))]);

    /// <summary>The tables of some plans, by all processors.</summary>
    public IReadOnlyList<MomentTable> Tables(IReadOnlyList<MomentPlan> plans)
    {
        int threads = Environment.ProcessorCount;
        var tables = new CellTables([], plans, _codes, _coverage, AgeGroups.TenYears);
        CellWriter[] writers = [.. Enumerable.Range(0, threads).Select(_ => tables.NewWriter())];
        Parallel.For(0, threads, i =>
        {
            int from = (int)((long)_rows.Length * i / threads), to = (int)((long)_rows.Length * (i + 1) / threads);
            writers[i].Add(_rows.AsSpan(from, to - from));
        });
        return tables.FinishMoments(threads);
    }

    /// <summary>Writes all person-years: number of the workplace, year, age, woman, and both measures that exclude each other.</summary>
    public void Write(string path)
    {
        int[] workplaces = [.. _books.CodesOf(RegisterColumn.Workplace).Select(code => int.Parse(_books[RegisterColumn.Workplace].Text(code), System.Globalization.CultureInfo.InvariantCulture) - 900_000_000)];
        using var file = new StreamWriter(path);
        file.WriteLine("workplace,year,age,woman,move,exit");
        foreach (PanelRow row in _rows)
            file.WriteLine($"{workplaces[row.Unit]},{row.Year},{row.Year - row.BirthYear},{(row.Sex == Sex.Female ? 1 : 0)},{(row.Transition == Transition.MoveWithinMunicipality ? 1 : 0)},{(row.Transition == Transition.LeaveRegister ? 1 : 0)}");
    }

    private static PanelRow Row(Random random, int person, int unit, int job, int year, double exit)
    {
        double draw = random.NextDouble();
        Transition transition = draw < exit ? Transition.LeaveRegister : draw > 0.92 ? Transition.MoveWithinMunicipality : Transition.Stay;
        int sex = (int)(random.NextDouble() < 0.8 ? Sex.Female : Sex.Male);
        var values = new EmploymentValues(year, year - random.Next(18, 68), sex, 10_000, RegisterBatch.MissingNumber, RegisterBatch.MissingLong);
        return PanelRow.Employment(person, unit, job, values, 0).With(random.NextDouble() < NewHireShare ? NewHire.Yes : NewHire.No, transition);
    }
}
