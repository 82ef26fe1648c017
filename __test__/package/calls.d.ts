// The calls of services, until index.d.ts has them.
import type {
  Client,
  ConnectOptions,
  EntryOf,
  Implementation,
  ServiceName,
  ServiceOf,
  ServicesOf,
  ServicesOfMain,
  Taken,
  Undo,
  WindowName,
} from "electron-switchyard";

declare module "electron-switchyard" {
  /**
   * Serves a service: the methods of the implementation can be called with {@link connect}. Methods are
   * those that the object or its classes define. Names that begin with `_`, and what every object has, are
   * none. If the implementation is a function, it is called for each call, and gets the call's event.
   *
   * Serving a name again in the same place replaces its implementation for later calls. Then the earlier
   * Undo does nothing. Calls that came before wait, for `handlerWaitMs` at most. Main process, page or
   * preload.
   *
   * If there is a contract, the implementation has each method of the service and its answers. The type
   * argument names the service if there is none.
   */
  export function serve<
    Service = unknown,
    Name extends ServiceName<Anywhere> = NamesThatFit<Service>,
  >(
    service: Name,
    implementation: Implementation<
      ServicesAreOpen extends true ? Service : ServiceOf<Name, Anywhere>
    >,
  ): Undo;

  /**
   * A client of a service of the main process, or of the window that `in` names. Each method sends its
   * call at once, and resolves to the answer. The client exists before its service does: a call waits for
   * it, for `handlerWaitMs` at most. Main process, page or preload.
   *
   * A call rejects with the error that the method threw, or as {@link callRender} does, or with
   * ERR_NO_METHOD. If there is a contract, the compiler knows the client's methods by the name. The type
   * argument names the service if there is none.
   */
  export function connect<
    Service = unknown,
    Target extends WindowName | undefined = undefined,
    Name extends Connectable<Service, Target> = Connectable<Service, Target>,
  >(
    service: Name,
    options?: ConnectOptions<Target | InAnyWindow<Service>>,
  ): Client<Connected<Service, Name, Target>>;

  /** The main process, and every window. */
  type Anywhere = WindowName | undefined;

  /** Whether the contract leaves out the services of main and of windows. */
  type ServicesAreOpen = unknown extends ServicesOfMain & Taken<WindowName, "services">
    ? true
    : false;

  /** The names that a client can have, of a target, or of a service that a type argument names. */
  type Connectable<Service, Target extends Anywhere> =
    unknown extends ServicesOf<Target>
      ? string
      : unknown extends Service
        ? [ServiceName<Target>] extends [never]
          ? WindowWithoutServices<Target>
          : ServiceName<Target>
        : NamesThatFit<Service>;

  /** No string has this type. Its name is for the compiler's message. */
  type WindowWithoutServices<Target> = string & {
    readonly "the contract has no services of": Target;
  };

  /** The names of the services that have each method of the type argument. */
  type NamesThatFit<Service> =
    unknown extends ServicesOf<Anywhere>
      ? string
      : {
          [Name in ServiceName<Anywhere>]: [Extract<ServiceOf<Name, Anywhere>, Service>] extends [
            never,
          ]
            ? never
            : Name;
        }[ServiceName<Anywhere>];

  /** The service of the contract, or else that of the type argument. */
  type Connected<Service, Name, Target extends Anywhere> = ServicesAreOpen extends true
    ? Service
    : unknown extends ServicesOf<Target>
      ? NotInferred<Service>
      : unknown extends NotInferred<Service>
        ? EntryOf<ServicesOf<Target>, Name>
        : NotInferred<Service>;

  /** The same type. The compiler does not infer it from the type that a caller expects. */
  type NotInferred<Type> = [Type][Type extends unknown ? 0 : never];

  /** Any window, if a type argument names the service, because then the compiler infers no target. */
  type InAnyWindow<Service> = ServicesAreOpen extends true
    ? WindowName
    : unknown extends Service
      ? never
      : WindowName;
}
