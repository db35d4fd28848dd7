using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Panel;

namespace RegisterEngine.Tests.Panel;

/// <summary>Rows that are packed a column at a time, against rows made one by one.</summary>
public sealed class PackedRowTests
{
    private static readonly int[] Sizes = [RegisterBatch.MissingNumber, 0, 1, 6000, 10_000, RegisterLimits.LargestPositionSize];
    private static readonly int[] Births = [RegisterBatch.MissingNumber, RegisterLimits.BirthYears.From, 1986, RegisterLimits.BirthYears.To];
    private static readonly int[] Sexes = [RegisterBatch.MissingNumber, (int)Sex.Male, (int)Sex.Female];
    private static readonly int[] Starts = [RegisterBatch.MissingNumber, Day(RegisterLimits.StartYears.From, 1, 1), -1, 0, 20_000, Day(RegisterLimits.StartYears.To, 12, 31)];
    private static readonly long[] Pays = [RegisterBatch.MissingLong, 0, 1, 34_270_000, RegisterLimits.LargestPay];
    private static readonly long[] SmallPays = [RegisterBatch.MissingLong, 0, 100, 34_270_000, 1_677_721_400];
    private const int Shard = 777;

    private static readonly int[] Origins = [0, 3, PanelRow.MostOrigins - 1];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APackedRowIsTheRowThatIsMadeAlone(bool isCompact)
    {
        var random = new Random(11);
        RowForm form = isCompact ? RowForm.Compact : RowForm.Whole;
        for (int rows = 0; rows <= 100; rows++)
        {
            ColumnBatch batch = Batch(random, rows, isCompact);
            int origin = isCompact ? random.Next(1024) : Pick(random, Origins);
            ulong[] facts = [.. Enumerable.Repeat(ulong.MaxValue, rows)], pays = [.. facts], joined = new ulong[rows];
            uint[] rests = new uint[rows];
            int[] inBlock = [.. Enumerable.Range(0, rows).Select(row => row * 37 % form.BlockRows)];
            var pool = new BlockPool();
            _ = pool.Rent();
            int block = pool.Rent();
            uint[] places = [.. inBlock.Select(row => (uint)((block * BlockSlabs.BlockWords) + (row * form.Words)))];

            PanelRow.Pack(batch, origin, facts, pays);
            ReadOnlySpan<int> units = batch.Numbers(BatchColumn.Unit)[..rows], jobs = batch.Numbers(BatchColumn.Job)[..rows];
            ReadOnlySpan<long> persons = batch.Longs(BatchColumn.Person)[..rows];
            Assert.True(!isCompact || CompactRows.TryJoin(facts, pays, persons, units, jobs, joined, rests));
            var packed = new PackedRows { Facts = facts, Pays = pays, Persons = persons, Units = units, Jobs = jobs, Joined = joined, Rests = rests };
            packed[..(rows / 3)].Write(pool.Slabs, form, places.AsSpan(..(rows / 3)));
            packed[(rows / 3)..rows].Write(pool.Slabs, form, places.AsSpan((rows / 3)..));

            PanelRow[] read = new PanelRow[form.BlockRows];
            form.Read(pool.Slabs.Words(block), Shard, read);
            for (int row = 0; row < rows; row++)
                Assert.Equal(Alone(batch, row, origin), read[inBlock[row]]);
        }
    }

    [Fact]
    public void RowsThatDoNotFitInFewWordsAreWrittenWhole()
    {
        var random = new Random(12);
        ColumnBatch batch = Batch(random, 60, isCompact: false);
        PanelRow[] rows = [.. Enumerable.Range(0, 60).Select(row => Alone(batch, row, 5))], back = new PanelRow[rows.Length];
        uint[] block = new uint[BlockSlabs.BlockWords];

        Assert.False(RowForm.Compact.TryWrite(rows, block));
        Assert.True(RowForm.Whole.TryWrite(rows, block));
        RowForm.Whole.Read(block, Shard, back);

        Assert.Equal(rows, back);
    }

    [Fact]
    public void OutcomesOfManyRowsAreThoseOfOneByOne()
    {
        var random = new Random(13);
        ColumnBatch batch = Batch(random, 50, isCompact: false);
        PanelRow[] rows = [.. Enumerable.Range(0, 50).Select(row => Alone(batch, row, 5))];
        (NewHire NewHire, Transition Transition)[] outcomes = [.. rows.Select(_ => ((NewHire)random.Next(3), (Transition)random.Next(6)))];
        PanelRow[] expected = [.. rows.Zip(outcomes, (row, outcome) => row.With(outcome.NewHire, outcome.Transition))];

        PanelRow.SetOutcomes(rows, [.. outcomes.Select(outcome => ((int)outcome.NewHire << PanelRow.TransitionBits) | (int)outcome.Transition)]);

        Assert.Equal(expected, rows);
        Assert.Equal(outcomes, rows.Select(row => (row.NewHire, row.Transition)));
    }

    private static ColumnBatch Batch(Random random, int rows, bool isCompact)
    {
        ColumnBatch batch = RegisterBatch.Create(new RegisterBooks(), 100);
        batch.SetRows(rows);
        for (int row = 0; row < rows; row++)
        {
            batch.Numbers(BatchColumn.Year)[row] = random.Next(RegisterLimits.Years.From, RegisterLimits.Years.To + 1);
            batch.Longs(BatchColumn.Person)[row] = isCompact ? ShardKey.Whole((uint)random.NextInt64(1L << 32), Shard) : random.NextInt64(long.MinValue, long.MaxValue);
            batch.Numbers(BatchColumn.BirthYear)[row] = Pick(random, Births);
            batch.Numbers(BatchColumn.Sex)[row] = Pick(random, Sexes);
            batch.Numbers(BatchColumn.Unit)[row] = random.Next(isCompact ? 1 << 20 : int.MaxValue);
            batch.Numbers(BatchColumn.Job)[row] = random.Next(isCompact ? 1 << 14 : int.MaxValue);
            batch.Numbers(BatchColumn.PositionSize)[row] = Pick(random, Sizes);
            batch.Numbers(BatchColumn.StartDate)[row] = Pick(random, Starts);
            batch.Longs(BatchColumn.Pay)[row] = Pick(random, isCompact ? SmallPays : Pays);
        }
        return batch;
    }

    private static PanelRow Alone(ColumnBatch batch, int row, int origin)
    {
        var values = new EmploymentValues(
            batch.Numbers(BatchColumn.Year)[row], batch.Numbers(BatchColumn.BirthYear)[row], batch.Numbers(BatchColumn.Sex)[row],
            batch.Numbers(BatchColumn.PositionSize)[row], batch.Numbers(BatchColumn.StartDate)[row], batch.Longs(BatchColumn.Pay)[row]);
        return PanelRow.Employment(batch.Longs(BatchColumn.Person)[row], batch.Numbers(BatchColumn.Unit)[row], batch.Numbers(BatchColumn.Job)[row], values, origin);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
