using System.Runtime.InteropServices;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Arrow;

public sealed class CDataTests
{
    private static readonly BatchSchema Schema = RandomTables.Schema(RandomTables.AllTypes);

    [Fact]
    public void ABatchIsHandedOverToTheValueAndNothingIsLeaked()
    {
        int before = ArrowCData.Alive;
        for (int seed = 0; seed < 6; seed++)
        {
            ColumnBatch batch = RandomTables.Make(Schema, seed * 13, seed, seed % 3 * 0.4);
            nint schema = CDataConsumer.Allocate(CDataConsumer.SchemaBytes);
            nint array = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
            ArrowCData.ExportSchema(batch.Schema, schema);
            ArrowCData.ExportBatch(batch, array);
            GC.Collect();
            (List<string?[]> expected, List<string?[]> actual) = ([], []);
            TableText.Add(expected, batch);
            TableText.Add(actual, CDataConsumer.Read(array, Schema));
            TableText.AssertEqual(Schema, expected, actual, $"seed {seed}");
            CDataConsumer.Release(schema, 56);
            CDataConsumer.Release(array, 64);
            Assert.Equal(before, ArrowCData.Alive);
        }
    }

    [Fact]
    public void TypesHaveTheNamesOfTheInterface()
    {
        nint schema = CDataConsumer.Allocate(CDataConsumer.SchemaBytes);
        ArrowCData.ExportSchema(Schema, schema);
        List<string> formats = CDataConsumer.Formats(schema);
        Assert.Equal(["nothing:n", "bit:b", "int8:c", "uint8:C"], formats[..4]);
        Assert.Contains("decimal4:d:9,2,32", formats);
        Assert.Contains("decimal16:d:38,10", formats);
        Assert.Contains("when:tsm:UTC", formats);
        Assert.Contains("then:tss:", formats);
        Assert.Contains("sixteen:w:16", formats);
        Assert.Contains("coded:i", formats);
        Assert.Contains("required:l!", formats);
        CDataConsumer.Release(schema, 56);
    }

    [Fact]
    public void TheBuffersAreNoCopies()
    {
        BatchSchema schema = RandomTables.Schema([new("n", ColumnType.Int64)]);
        ColumnBatch batch = RandomTables.Make(schema, 3, 1, 0);
        nint array = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
        ArrowCData.ExportBatch(batch, array);
        batch[0].As<long>()[1] = 42;
        Assert.Equal(42, CDataConsumer.Read(array, schema)[0].As<long>()[1]);
        CDataConsumer.Release(array, 64);
    }

    [Fact]
    public void AConsumerMayMoveAChildAway()
    {
        int before = ArrowCData.Alive;
        BatchSchema schema = RandomTables.Schema([new("n", ColumnType.Int64), new("text", ColumnType.Utf8)]);
        nint array = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
        ArrowCData.ExportBatch(RandomTables.Make(schema, 3, 1, 0), array);
        nint child = Marshal.ReadIntPtr(Marshal.ReadIntPtr(array, 48), 0);
        nint moved = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
        for (int i = 0; i < CDataConsumer.ArrayBytes; i += sizeof(long))
            Marshal.WriteInt64(moved, i, Marshal.ReadInt64(child, i));
        Marshal.WriteInt64(child, 64, 0);
        CDataConsumer.Release(array, 64);
        Assert.Equal(before + 1, ArrowCData.Alive);
        CDataConsumer.Release(moved, 64);
        Assert.Equal(before, ArrowCData.Alive);
    }

    [Fact]
    public void AStreamHandsOverAllBatchesThenAReleasedOne()
    {
        int before = ArrowCData.Alive;
        BatchSchema schema = RandomTables.Schema([new("n", ColumnType.Int64), new("text", ColumnType.Utf8), new("coded", ColumnType.Dictionary(ColumnType.Utf8))]);
        ColumnBatch batch = RandomTables.Make(schema, 500, 1, 0.2);
        var file = new MemoryStream();
        using var writer = new ParquetWriter(file, schema, new ParquetWriteOptions { RowGroupRows = 90 });
        writer.Add(batch);
        writer.Finish();
        nint stream = CDataConsumer.Allocate(CDataConsumer.StreamBytes);
        ParquetTable table = ParquetTable.Open("file", file.ToArray(), new TableReadOptions { BatchRows = 40 });
        ArrowCData.ExportStream(table, stream);
        (List<string?[]> expected, List<string?[]> actual) = ([], []);
        TableText.Add(expected, batch);
        var arrays = new List<nint>();
        while (true)
        {
            nint array = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
            Assert.Equal(0, CDataConsumer.Call(stream, 1, array));
            if (Marshal.ReadIntPtr(array, 64) == 0)
                break;
            arrays.Add(array);
        }
        // All batches are held at once: none was overwritten by the next.
        foreach (nint array in arrays)
        {
            TableText.Add(actual, CDataConsumer.Read(array, table.Schema));
            CDataConsumer.Release(array, 64);
        }
        TableText.AssertEqual(schema, expected, actual, "stream");
        CDataConsumer.Release(stream, 24);
        Assert.Equal(before, ArrowCData.Alive);
    }

    [Fact]
    public void ADamagedTableIsAnErrorCodeWithAText()
    {
        BatchSchema schema = RandomTables.Schema([new("n", ColumnType.Int64)]);
        var file = new MemoryStream();
        using var writer = new ParquetWriter(file, schema);
        writer.Add(RandomTables.Make(schema, 500, 2, 0));
        writer.Finish();
        byte[] bytes = file.ToArray();
        bytes.AsSpan(4, 40).Fill(0xFF);
        nint stream = CDataConsumer.Allocate(CDataConsumer.StreamBytes);
        ArrowCData.ExportStream(ParquetTable.Open("file", bytes), stream);
        nint array = CDataConsumer.Allocate(CDataConsumer.ArrayBytes);
        Assert.NotEqual(0, CDataConsumer.Call(stream, 1, array));
        Assert.Contains("row group 1, column 'n'", CDataConsumer.LastError(stream), StringComparison.Ordinal);
        CDataConsumer.Release(stream, 24);
        Marshal.FreeHGlobal(array);
    }
}
