using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Looks up in a panel who is listed as a mentor or as somebody who has one, and counts them. After it nobody knows a person.</summary>
public static class Monitoring
{
    /// <summary>Counts the person-years of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="mentors">Who is listed, by the keys that persons have in the panel.</param>
    /// <param name="populations">Populations of new hires: samples without regard to whether somebody is one.</param>
    /// <param name="threads">How many threads work; never has an effect on the counts.</param>
    /// <param name="cancellation">Stops the counting.</param>
    public static MonitoringTable Count(
        PersonYears panel, MentorList mentors, IReadOnlyList<NamedSample> populations, int threads, CancellationToken cancellation = default)
    {
        MentorCounter[] counters = Arrays.Make(Math.Max(threads, 1), _ => new MentorCounter(panel.Codes, mentors, populations));
        int next = 0, shards = 0;
        Workers.Run(counters.Length, Count, cancellation);
        foreach (MentorCounter counter in counters.AsSpan(1))
            counters[0].Add(counter);
        return new MonitoringTable([.. populations.Index().SelectMany(Lines)], [.. populations.Index().SelectMany(Listed)]);

        void Count(CancellationToken stop)
        {
            MentorCounter counter = counters[Interlocked.Increment(ref next) - 1];
            var shard = new PanelShard();
            for (int i; (i = Interlocked.Increment(ref shards) - 1) < PersonYears.ShardCount;)
            {
                stop.ThrowIfCancellationRequested();
                panel.Read(i, shard);
                counter.Add(shard);
            }
        }

        IEnumerable<MonitoringLine> Lines((int Place, NamedSample Population) of)
        {
            CodeBook book = panel.Codes.Books[RegisterColumn.Municipality];
            List<(int Year, int Municipality, MentorCounts Counts)> all = [.. counters[0].Of(of.Place).Where(cell => Has(of.Population.Sample, cell.Year))];
            HashSet<int> years = [.. all.Where(cell => cell.Counts.HasListed).Select(cell => cell.Year)];
            HashSet<int> municipalities = [.. all.Where(cell => cell.Counts.HasListed).Select(cell => cell.Municipality)];
            if (years.Count == 0)
                yield break;
            all = [.. all.Where(cell => years.Contains(cell.Year) && municipalities.Contains(cell.Municipality))];
            foreach (int municipality in book.Order().Append(CodeBook.Missing).Where(municipalities.Contains))
                foreach (int year in years.Order())
                    yield return Line(book.Text(municipality), year, cell => cell.Year == year && cell.Municipality == municipality);
            foreach (int year in years.Order())
                yield return Line(null, year, cell => cell.Year == year);
            yield return Line(null, null, _ => true);

            MonitoringLine Line(string? municipality, int? year, Func<(int Year, int Municipality, MentorCounts Counts), bool> within) =>
                new(of.Population.Name, municipality, year, MentorCounts.Sum(all.Where(within).Select(cell => cell.Counts)));
        }

        IEnumerable<ListedLine> Listed((int Place, NamedSample Population) of)
        {
            MentorCounts found = MentorCounts.Sum(counters[0].Of(of.Place).Where(cell => Has(of.Population.Sample, cell.Year)).Select(cell => cell.Counts));
            foreach ((MentorRoles role, string name) in MentorList.Roles)
            {
                MentorRoles any = role == MentorRoles.Mentor ? MentorRoles.AnyMentor : role;
                long listed = mentors.Years.Sum(year => (long)mentors.Count(year, any));
                long within = mentors.Years.Where(year => Has(of.Population.Sample, year)).Sum(year => (long)mentors.Count(year, any));
                yield return new ListedLine(
                    of.Population.Name, name, listed, listed - within, within - found.Found(role), role == MentorRoles.Mentee ? found.Mentees - found.Transitions.Sum() : null);
            }
        }
    }

    private static bool Has(Sample sample, int year) => sample.Years?.Contains(year) != false;
}

/// <summary>Counts the person-years of some shards, for one thread.</summary>
internal sealed class MentorCounter
{
    private readonly MentorList _mentors;
    private readonly int[] _municipalities;
    private readonly SampleFilter[] _filters;
    private readonly bool[] _isListedYear;
    private readonly Dictionary<(int Year, int Municipality), MentorCounts>[] _counts;
    private MentorRoles[] _roles = [];
    private int[] _selected = [];

    public MentorCounter(PanelCodes codes, MentorList mentors, IReadOnlyList<NamedSample> populations)
    {
        _mentors = mentors;
        _municipalities = codes.Books.CodesOf(RegisterColumn.Municipality);
        _filters = Arrays.Make(populations, population => new SampleFilter(population.Sample, codes));
        _isListedYear = Arrays.Make(PanelRow.YearCount, year => mentors.Years.Contains(year + PanelRow.FirstYear));
        _counts = Arrays.Make(populations.Count, _ => new Dictionary<(int, int), MentorCounts>());
    }

    /// <summary>The counts of a population, of municipalities by their codes.</summary>
    public IEnumerable<(int Year, int Municipality, MentorCounts Counts)> Of(int population) =>
        _counts[population].Select(cell => (cell.Key.Year, cell.Key.Municipality, cell.Value));

    /// <summary>Counts the person-years of a shard, in the years in which somebody is listed.</summary>
    public void Add(PanelShard shard)
    {
        ReadOnlySpan<PanelRow> rows = shard.Rows;
        if (_roles.Length < rows.Length)
            (_roles, _selected) = (new MentorRoles[rows.Length * 2], new int[rows.Length * 2]);
        Span<byte> digits = stackalloc byte[PanelShard.LongestDigits];
        for (int i = 0; i < rows.Length; i++)
        {
            _roles[i] = _isListedYear[rows[i].YearIndex] ? _mentors.RolesOf(shard.KeyOf(rows[i].Person, digits), rows[i].Year) : MentorRoles.None;
            if (_roles[i] == MentorRoles.None)
                continue;
            for (int population = 0; population < _counts.Length; population++)
                CountsOf(population, rows[i]).AddListed(_roles[i]);
        }
        for (int population = 0; population < _filters.Length; population++)
        {
            int selected = _filters[population].Select(rows, _selected);
            for (int at = 0; at < (selected == SampleFilter.All ? rows.Length : selected); at++)
            {
                int i = selected == SampleFilter.All ? at : _selected[at];
                if (_isListedYear[rows[i].YearIndex] && rows[i].NewHire != NewHire.No)
                    CountsOf(population, rows[i]).AddOfPopulation(rows[i], _roles[i]);
            }
        }
    }

    /// <summary>Adds what another thread has counted.</summary>
    public void Add(MentorCounter other)
    {
        for (int population = 0; population < _counts.Length; population++)
            foreach ((int year, int municipality, MentorCounts counts) in other.Of(population))
                CountsOf(population, (year, municipality)).Add(counts);
    }

    private MentorCounts CountsOf(int population, in PanelRow row) => CountsOf(population, (row.Year, _municipalities[row.Unit]));

    private MentorCounts CountsOf(int population, (int Year, int Municipality) cell)
    {
        if (!_counts[population].TryGetValue(cell, out MentorCounts? counts))
            _counts[population][cell] = counts = new MentorCounts();
        return counts;
    }
}
