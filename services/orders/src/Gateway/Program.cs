using Causeway.DynamoDb;
using Causeway.ServiceDefaults;
using Orders.Gateway;

var builder = Service.CreateBuilder(args);
builder.AddServiceDefaults(GatewayJson.Default);
builder.AddDynamoDb();
builder.AddGatewayOptions();
builder.AddProcessor();
builder.AddOrders();
builder.AddSweeper();

var app = builder.Build();
app.UseServiceDefaults();
app.MapOrders();

return await app.RunServiceAsync();
