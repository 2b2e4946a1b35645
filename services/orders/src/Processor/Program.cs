using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Orders.Processor;

var builder = Service.CreateBuilder(args);
builder.AddServiceDefaults(ProcessorJson.Default);
builder.AddDynamoDb();
builder.AddTables();
builder.AddReservations();
builder.AddInventory();

var app = builder.Build();
app.UseServiceDefaults();
app.MapReservations();
app.MapInventory();

return await app.RunServiceAsync();
