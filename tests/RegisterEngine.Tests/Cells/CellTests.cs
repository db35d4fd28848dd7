using System.Numerics;
using FsCheck.Xunit;
using RegisterEngine.Cells;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Cells;

public sealed class CellTests
{
    [Property(MaxTest = 100)]
    public void CellsAreThePersonYearsGrouped(int seed)
    {
        var random = new Random(seed);
        List<Employment> register = RandomRegister.Make(seed);
        List<Dimension> by = RandomRegister.Shuffled(Enum.GetValues<Dimension>(), seed)[..random.Next(0, 7)];
        int? minimum = random.Next(2) == 0 ? 5000 : null;
        var plan = new CellPlan { Name = "cells", By = by, Sample = new Sample { MinimumSize = minimum } };
        using var folder = new TemporaryFolder();
        using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(register))], run => run with { Tables = [plan] });

        IEnumerable<string> expected = Engine.Panel(result)
            .Where(row => minimum is null || row.Size >= minimum)
            .GroupBy(row => string.Join('|', by.Select(dimension => Value(row, dimension))))
            .Select(group => $"{group.Key}: {string.Join(' ', Enum.GetNames<Transition>().Select(name => group.Count(row => row.Transition == name)))}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), Lines(result.Tables[0]).Order(StringComparer.Ordinal));
        AssertSideBySide(result.Tables[0], random);
    }

    // Values of many cells at once are those of each.
    private static void AssertSideBySide(CellTable table, Random random)
    {
        int from = random.Next(table.Count + 1), count = random.Next(table.Count - from + 1);
        int[][] values = [.. table.Dimensions.Select(_ => new int[count + 1])];
        int[] one = new int[values.Length];
        table.Values(from, count, values);
        for (int i = 0; i < count; i++)
        {
            table.Values(from + i, one);
            Assert.Equal(one, values.Select(dimension => dimension[i]));
            Assert.Equal(one, Enumerable.Range(0, one.Length).Select(dimension => table.Value(from + i, dimension)));
        }
    }

    [Property(MaxTest = 40)]
    public void TablesAreTheSameForEveryOrderOfRowsAndNumberOfThreads(int seed)
    {
        List<Employment> register = RandomRegister.Make(seed);
        List<Dimension> by = [Dimension.Workplace, Dimension.Year, Dimension.NewHire, Dimension.PositionCode, Dimension.ServiceArea, Dimension.Sex, Dimension.AgeGroup];

        Assert.Equal(Tables(register, 1), Tables(RandomRegister.Shuffled(register, seed), 4));

        List<string> Tables(List<Employment> employments, int threads)
        {
            using var folder = new TemporaryFolder();
            using RunResult result = Engine.Run([folder.Write("register.csv", Employment.ToCsv(employments))], plan => plan with
            {
                Threads = threads,
                Tables = [new CellPlan { Name = "dense", By = by[1..3] }, new CellPlan { Name = "sparse", By = by }],
            });
            return [.. result.Tables.SelectMany(Lines)];
        }
    }

    [Property(MaxTest = 60)]
    public void KeysAreCountedAsADictionaryCounts(int seed)
    {
        var random = new Random(seed);
        int bits = random.Next(1, 33);
        var expected = new SortedDictionary<ulong, int>();
        List<KeyCounter<ulong>> counters = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new KeyCounter<ulong>(bits, mostPending: random.Next(1, 20_000), new BlockPool()))];
        for (int round = 0; round < 20; round++)
        {
            ulong[] keys = [.. Enumerable.Range(0, random.Next(3000)).Select(_ => (ulong)random.NextInt64(0, 1L << Math.Min(bits, random.Next(2) == 0 ? 8 : 33)))];
            counters[random.Next(counters.Count)].Add(keys);
            foreach (ulong key in keys)
                expected[key] = expected.GetValueOrDefault(key) + 1;
        }

        var counted = new List<KeyValuePair<ulong, int>>();
        for (int part = 0; part < KeyCounter<ulong>.Parts; part++)
        {
            KeyCounts<ulong> counts = KeyCounter<ulong>.Count(part, counters);
            counted.AddRange(counts.Keys.Zip(counts.Counts, KeyValuePair.Create));
        }
        Assert.Equal(expected, counted);
    }

    // More keys than one array holds, with and without counting on the way, after which the arrays are used again.
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(700_000)]
    public void ManyKeysAreCountedInTheirOrder(long mostPending)
    {
        const int bits = 16;
        var random = new Random(1);
        int[] expected = new int[1 << bits];
        var counter = new KeyCounter<uint>(bits, mostPending, new BlockPool());
        for (int round = 0; round < 20; round++)
        {
            uint[] keys = [.. Enumerable.Range(0, 80_000).Select(_ => (uint)random.Next(expected.Length) & (uint)random.Next(expected.Length))];
            counter.Add(keys);
            foreach (uint key in keys)
                expected[key]++;
        }
        Assert.Equal(mostPending != long.MaxValue, counter.HasCounted);

        int[] counted = new int[expected.Length];
        for (int part = 0; part < KeyCounter<uint>.Parts; part++)
        {
            KeyCounts<uint> counts = KeyCounter<uint>.Count(part, [counter]);
            foreach ((uint key, int count) in counts.Keys.Zip(counts.Counts))
                counted[key] += count;
        }
        Assert.Equal(expected, counted);
    }

    // A run of 256 is the first that no byte holds.
    [Property(MaxTest = 60)]
    public void CellsOfSortedKeysAreThoseOfCountedOnes(int seed)
    {
        var random = new Random(seed);
        int bits = random.Next(8, 33);
        List<KeyCounter<uint>> counters = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new KeyCounter<uint>(bits, long.MaxValue, new BlockPool()))];
        List<KeyCounter<uint>> twins = [.. counters.Select(_ => new KeyCounter<uint>(bits, long.MaxValue, new BlockPool()))];
        for (int round = 0; round < 20; round++)
        {
            uint[] keys = [.. Enumerable.Range(0, random.Next(3000)).Select(_ => Key()), .. Enumerable.Repeat(Key(), 254 + random.Next(4))];
            int counter = random.Next(counters.Count);
            counters[counter].Add(keys);
            twins[counter].Add(keys);
        }
        Assert.DoesNotContain(counters, counter => counter.HasCounted);

        PartSize[] sizes = Arrays.Make(KeyCounter<uint>.Parts, part => KeyCounter<uint>.Sort(part, counters));
        var cells = new CellList(sizes, isNarrow: true);
        KeyCounts<uint>[] counted = Arrays.Make(KeyCounter<uint>.Parts, part => KeyCounter<uint>.Count(part, twins));
        var expected = new CellList(Array.ConvertAll(counted, part => CellList.SizeOf(part)), isNarrow: true);
        for (int part = 0; part < sizes.Length; part++)
        {
            Assert.Equal(CellList.SizeOf(counted[part]), sizes[part]);
            KeyCounter<uint>.Fill(part, counters, cells);
            expected.Fill(part, counted[part]);
        }
        Assert.Equal(KeysOf(expected), KeysOf(cells));
        for (int cell = 0; cell < cells.Count; cell++)
            Assert.Equal(Joined(expected.Counts(cell)), Joined(cells.Counts(cell)));

        // The three lowest bits tell one of six transitions.
        uint Key() => (uint)(random.NextInt64(0, 1L << Math.Min(bits, random.Next(2) == 0 ? 8 : 33)) & ~7L) | (uint)random.Next(CellCounts.Length);
    }

    [Fact]
    public void CrossingMoreThanKeysCanTellApartIsAnError() =>
        Assert.Throws<ArgumentException>(() => new TableShape(0, [0, 1, 2], [1 << 30, 1 << 30, 1 << 30], TableShape.TransitionBits).KeyBits);

    private static IEnumerable<string> Lines(CellTable table)
    {
        for (int cell = 0; cell < table.Count; cell++)
            yield return $"{string.Join('|', table.Dimensions.Select((_, i) => table.Label(cell, i)))}: {Joined(table.Counts(cell))}";
    }

    // Counts take a byte where all fit; the border is where they do no longer. Keys have 32 or 64 bits.
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(int.MaxValue)]
    public void CellsHoldCountsOfAnySize(int largest)
    {
        // Keys of the cells 3, 4 and 9, with the transition in the three lowest bits.
        AssertHeld(new KeyCounts<uint>([3 << 3, (3 << 3) | 5], [1, largest]), new KeyCounts<uint>([(4 << 3) | 1, (9 << 3) | 2, (9 << 3) | 4], [largest, 7, 1]), isNarrow: true);
        AssertHeld(new KeyCounts<ulong>([3 << 3, (3 << 3) | 5], [1, largest]), new KeyCounts<ulong>([(4 << 3) | 1, (9 << 3) | 2, (9 << 3) | 4], [largest, 7, 1]), isNarrow: false);

        void AssertHeld<T>(KeyCounts<T> first, KeyCounts<T> second, bool isNarrow)
            where T : unmanaged, IBinaryInteger<T>
        {
            var cells = new CellList([CellList.SizeOf(first), CellList.SizeOf(KeyCounts<T>.Empty), CellList.SizeOf(second)], isNarrow);
            cells.Fill(0, first);
            cells.Fill(1, KeyCounts<T>.Empty);
            cells.Fill(2, second);

            Assert.Equal([3UL, 4UL, 9UL], KeysOf(cells));
            Assert.Equal(9UL, cells.Key(2));
            Assert.Equal($"1 0 0 0 0 {largest}", Joined(cells.Counts(0)));
            Assert.Equal($"0 {largest} 0 0 0 0", Joined(cells.Counts(1)));
            Assert.Equal("0 0 7 0 1 0", Joined(cells.Counts(2)));
            Assert.Equal(1L + largest, cells.Counts(0).Total);
        }
    }

    private static ulong[] KeysOf(CellList cells)
    {
        ulong[] keys = new ulong[cells.Count];
        cells.CopyKeys(0, keys);
        return keys;
    }

    private static string Joined(CellCounts counts)
    {
        var texts = new List<string>();
        foreach (Transition transition in Enum.GetValues<Transition>())
            texts.Add($"{counts[transition]}");
        return string.Join(' ', texts);
    }

    private static string? Value(PersonYear row, Dimension dimension) => dimension switch
    {
        Dimension.Year => $"{row.Year}",
        Dimension.NewHire => row.NewHire switch { "Yes" => "yes", "No" => "no", _ => "" },
        Dimension.PositionCode => row.Position,
        Dimension.ServiceArea => row.Area,
        Dimension.AgeGroup => row.BirthYear is { } born ? AgeGroups.TenYears.Label(AgeGroups.TenYears.GroupOf(row.Year - born)) : "",
        Dimension.Sex => row.Sex switch { "M" => "male", "K" => "female", _ => "" },
        Dimension.County => row.Municipality?[..2],
        Dimension.Municipality => row.Municipality,
        Dimension.Workplace => row.Workplace,
        Dimension.EmploymentForm => row.Form,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };
}
